import type { RetrainingJob, RetrainingStep } from '../../src/contract/retraining-contract.ts'

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad'

export const stepTitles: Readonly<Record<RetrainingStep['step'], string>> = {
  train: 'Train a challenger',
  judge: 'Hold it against the champion',
  trial: 'Try it out',
  approve: 'Have it approved',
  promote: 'Promote it',
  probation: 'Watch it',
}

const outcomes: Readonly<Record<NonNullable<RetrainingJob['outcome']>, { word: string; tone: Tone }>> = {
  promoted: { word: 'promoted', tone: 'good' },
  rejected: { word: 'champion kept', tone: 'plain' },
  'rolled-back': { word: 'rolled back', tone: 'warn' },
  abandoned: { word: 'given up', tone: 'bad' },
  cancelled: { word: 'cancelled', tone: 'plain' },
}

/** What a job came to, or what it waits for. */
export function jobMark({ outcome, step }: Pick<RetrainingJob, 'outcome' | 'step'>): {
  word: string
  tone: Tone
} {
  if (outcome !== null) return outcomes[outcome]
  return step === 'approve'
    ? { word: 'waits for you', tone: 'warn' }
    : { word: 'in progress', tone: 'accent' }
}

export const causeTitles: Readonly<Record<RetrainingJob['cause'], string>> = {
  labels: 'New labels',
  drift: 'Drift',
  quality: 'Quality',
  schedule: 'Schedule',
  hand: 'By hand',
}
