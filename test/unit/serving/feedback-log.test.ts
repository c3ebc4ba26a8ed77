import { mkdtemp, readdir, rename, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, nat, property, string, tuple } from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFeedbackIndex } from '../../../src/serving/log/feedback-index.ts'
import { openFeedbackLog, type Feedback } from '../../../src/serving/log/feedback-log.ts'
import { createHashPlaces } from '../../../src/serving/log/hash-places.ts'
import { createFeedbackRetention } from '../../../src/serving/log/keep-feedback.ts'
import { listSegments } from '../../../src/serving/log/segment-name.ts'
import { createPredictionIds } from '../../../src/serving/prediction-id.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 5, 1)

async function folderOfLog(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-feedback-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a segment that began, and was last written, at a time; gives its path. */
async function writeSegment(
  folder: string,
  { at, feedback }: { at: number; feedback: readonly Feedback[] },
): Promise<string> {
  const before = new Set(await readdir(folder))
  const log = openFeedbackLog({ folder, worker: 1, onError: () => {} })
  await Promise.all(feedback.map((each) => log.append(each)))
  await log.close()
  const { path, name } = (await listSegments(folder, 'feedback')).find((each) => !before.has(each.name))!
  const renamed = join(folder, name.replace(/-\d{15}-/, `-${String(at).padStart(15, '0')}-`))
  await rename(path, renamed)
  await utimes(renamed, at / 1_000, at / 1_000)
  return renamed
}

const ids = createPredictionIds({ secret: '00'.repeat(32), deployment: 1, worker: 1 })
const answered = (time: number): string => ids.next({ version: 1, artifact: '0a0b0c0d', time })

describe('what was said about answers', () => {
  it('is kept as long as one of the answers is, whole segments at a time', async () => {
    const folder = await folderOfLog()
    const said = (daysAgo: number, answersDaysAgo: readonly number[]): Promise<string> =>
      writeSegment(folder, {
        at: now - daysAgo * dayMs,
        feedback: answersDaysAgo.map((days) => ({
          predictionId: answered(now - days * dayMs),
          label: 'a',
          time: now,
        })),
      })
    const old = await said(40, [41, 50])
    const late = await said(5, [31, 45])
    const mixed = await said(4, [31, 6])
    const young = await said(1, [2])
    const retention = createFeedbackRetention()
    expect(await retention.retire({ folder, keepDays: 30, now })).toEqual({ deleted: 2 })
    const left = (await listSegments(folder, 'feedback')).map(({ path }) => path)
    expect(left).toEqual([mixed, young])
    expect(left).not.toContain(old)
    expect(left).not.toContain(late)
    expect(await retention.retire({ folder, keepDays: 30, now: now + 25 * dayMs })).toEqual({ deleted: 1 })
  })

  it('is found by id: the newest word counts, wherever it stands, and what was taken back is gone', async () => {
    const folder = await folderOfLog()
    const index = createFeedbackIndex(folder)
    await writeSegment(folder, {
      at: now,
      feedback: [
        { predictionId: 'a', label: 'late', time: 9 },
        { predictionId: 'b', label: 'no', time: 1 },
        { predictionId: 'c', label: 'yes', time: 1 },
      ],
    })
    await index.refresh()
    await writeSegment(folder, {
      at: now + 1,
      feedback: [
        { predictionId: 'a', label: 'early', time: 3 },
        { predictionId: 'b', isRetracted: true, time: 2 },
      ],
    })
    await index.refresh()
    const found = await index.of(['a', 'b', 'c', 'd'])
    expect([...found].map(([id, { label }]) => [id, label])).toEqual([
      ['a', 'late'],
      ['c', 'yes'],
    ])
    expect(['a', 'b', 'c', 'd'].map((id) => index.mayHave(id))).toEqual([true, true, true, false])
  })

  it('is forgotten from the oldest on where there is too much of it, and where its file is gone', async () => {
    const folder = await folderOfLog()
    const index = createFeedbackIndex(folder, { most: 5 })
    const paths: string[] = []
    for (let segment = 0; segment < 4; segment++)
      paths.push(
        await writeSegment(folder, {
          at: now + segment,
          feedback: [0, 1].map((each) => ({ predictionId: `${segment}.${each}`, label: 'a', time: 1 })),
        }),
      )
    await index.refresh()
    const known = async (): Promise<string[]> => [
      ...(await index.of(['0.0', '1.0', '2.0', '2.1', '3.0'])).keys(),
    ]
    expect(await known()).toEqual(['2.0', '2.1', '3.0'])
    await rm(paths[2]!)
    await index.refresh()
    expect(await known()).toEqual(['3.0'])
  })
})

describe('the places of texts', () => {
  it('are all found again, in the order in which they were added', () => {
    assert(
      property(array(tuple(string(), nat(1_000)), { maxLength: 3_000, size: 'max' }), (added) => {
        const places = createHashPlaces()
        for (const [text, place] of added) places.add(text, place)
        const expected = new Map<string, number[]>()
        for (const [text, place] of added) expected.set(text, [...(expected.get(text) ?? []), place])
        for (const [text, own] of expected) expect(places.of(text)).toEqual(own)
      }),
      { numRuns: 20 },
    )
  })
})
