import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openQualityBook } from '../../../../src/serving/deployments/open-quality-book.ts'
import { createFeedbackIndex } from '../../../../src/serving/log/feedback-index.ts'
import { openFeedbackLog, type Feedback } from '../../../../src/serving/log/feedback-log.ts'
import { openPredictionLog } from '../../../../src/serving/log/prediction-log.ts'
import type { LoggedModel } from '../../../../src/serving/log/prediction-record.ts'
import { listSegments } from '../../../../src/serving/log/segment-name.ts'
import { createPredictionIds } from '../../../../src/serving/prediction-id.ts'

const version = (number: number, role: LoggedModel['role'] = 'live'): LoggedModel => ({
  model: 'churn',
  version: number,
  artifact: 'ab'.repeat(32),
  role,
  inputs: [],
  outputs: [{ name: 'label', type: 'text', width: 1 }],
})
const [first, second, shadow] = [version(1), version(2), version(3, 'shadow')] as const

async function openLogged(chunkBytes?: number) {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-quality-'))
  const onError = (error: Error): void => {
    throw error
  }
  const predictions = openPredictionLog({ folder, worker: 0, share: 1, onError })
  const feedback = openFeedbackLog({ folder, worker: 0, onError })
  onTestFinished(async () => {
    await predictions.close()
    await feedback.close()
    await rm(folder, { recursive: true, force: true })
  })
  const ids = createPredictionIds({ secret: '00'.repeat(32), deployment: 1, worker: 0 })
  const index = createFeedbackIndex(folder)
  let asked = 0
  const book = openQualityBook(folder, {
    chunkBytes,
    async feedback() {
      await index.refresh()
      return {
        of: (some) => index.of(some),
        mayHave: (id) => {
          asked += 1
          return index.mayHave(id)
        },
      }
    },
  })
  return {
    folder,
    book,
    /** How many answers were looked at since the last time. */
    looked: () => {
      const count = asked
      asked = 0
      return count
    },
    answer: async (model: LoggedModel, time: number, labels: string[]): Promise<string[]> => {
      const predictionIds = ids.many({ ...model, time }, labels.length)
      predictions.append({
        model,
        time,
        latencySeconds: 0.1,
        requestId: '',
        traceparent: '',
        predictionIds,
        firstRow: 0,
        inputs: { rows: labels.length, columns: {} },
        outputs: { label: labels },
      })
      await predictions.flush()
      return predictionIds
    },
    say: (predictionId: string, said: Partial<Feedback>) =>
      feedback.append({ predictionId, time: 1_000, ...said }),
  }
}
const accuracy = (right: number, count: number) => ({ metric: 'accuracy', right, count })

it('counts what is said later, said again and taken back, and reads again only what that is about', async () => {
  const { book, looked, answer, say } = await openLogged(1)
  const [early] = await answer(first, 10, ['yes', 'no', 'no'])
  const [late] = await answer(first, 20, ['yes'])
  const [other] = await answer(second, 30, ['no', 'no'])
  const [never] = await answer(shadow, 40, ['no'])
  await say(early!, { label: 'yes' })
  await say(never!, { label: 'no' })
  expect(await book.since(0)).toEqual(new Map([['churn:1', accuracy(1, 1)]]))
  expect(looked()).toBe(6)
  expect(await book.since(0)).toEqual(new Map([['churn:1', accuracy(1, 1)]]))
  expect(looked()).toBe(0)

  await say(late!, { label: 'no' })
  await say(other!, { isRight: true })
  const both = new Map([
    ['churn:1', accuracy(1, 2)],
    ['churn:2', accuracy(1, 1)],
  ])
  expect(await book.since(0)).toEqual(both)
  expect(looked()).toBe(3)

  await say(late!, { label: 'yes', time: 2_000 })
  await say(other!, { isRetracted: true, time: 2_000 })
  expect(await book.since(0)).toEqual(new Map([['churn:1', accuracy(2, 2)]]))
  expect(looked()).toBe(3)
})

it('takes in what is answered later, and begins again for another beginning', async () => {
  const { book, looked, answer, say } = await openLogged()
  const [one] = await answer(first, 10, ['yes'])
  await say(one!, { label: 'yes' })
  expect(await book.since(0)).toEqual(new Map([['churn:1', accuracy(1, 1)]]))
  const [two] = await answer(first, 20, ['yes'])
  await say(two!, { label: 'no' })
  looked()
  const atOnce = await Promise.all([book.since(0), book.since(0)])
  expect(atOnce).toEqual([0, 1].map(() => new Map([['churn:1', accuracy(1, 2)]])))
  expect(await book.since(15)).toEqual(new Map([['churn:1', accuracy(0, 1)]]))
})

it('forgets what is not kept any more', async () => {
  const { book, folder, answer, say } = await openLogged()
  const [one] = await answer(first, 10, ['yes'])
  const [two] = await answer(second, 20, ['yes'])
  await say(one!, { label: 'yes' })
  await say(two!, { label: 'yes' })
  expect((await book.since(0)).size).toBe(2)
  const [oldest] = await listSegments(folder, 'predictions')
  await rm(oldest!.path)
  expect((await book.since(0)).size).toBe(1)
})
