import type { DeploymentState, Verification } from '../../src/contract/deployment-info.ts'

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad'

/** A state in a word, and how it looks. */
export const stateWords: Readonly<Record<DeploymentState, { word: string; tone: Tone }>> = {
  off: { word: 'off', tone: 'plain' },
  starting: { word: 'starting', tone: 'accent' },
  verifying: { word: 'comparing answers', tone: 'accent' },
  on: { word: 'on', tone: 'good' },
  degraded: { word: 'partly on', tone: 'warn' },
  restarting: { word: 'starting again', tone: 'warn' },
  draining: { word: 'ending', tone: 'plain' },
  failed: { word: 'failed', tone: 'bad' },
}

/** What the mark of a version says about its answers. */
export function verificationWords({ state, rows }: Verification): {
  word: string
  detail: string
  tone: Tone
} {
  const counted = rows === 1 ? '1 row' : `${rows.toLocaleString('en-GB')} rows`
  switch (state) {
    case 'none':
      return {
        word: 'not compared yet',
        detail: 'Answers are compared when it is switched on.',
        tone: 'plain',
      }
    case 'running':
      return {
        word: 'comparing',
        detail: 'Rows that were held out in training are replayed through the endpoint.',
        tone: 'accent',
      }
    case 'verified':
      return {
        word: 'same as batch',
        detail: `${counted} that were held out in training were replayed: every answer is the same to the bit.`,
        tone: 'good',
      }
    case 'waiting':
      return {
        word: 'waits for reference rows',
        detail: 'There are no rows to compare answers with.',
        tone: 'warn',
      }
    case 'failed':
      return {
        word: 'answers differ',
        detail: 'The endpoint answers otherwise than batch scoring.',
        tone: 'bad',
      }
  }
}
