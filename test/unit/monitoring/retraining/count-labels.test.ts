import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import { createLabelCount } from '../../../../src/monitoring/retraining/count-labels.ts'
import { openFeedbackLog, type Feedback } from '../../../../src/serving/log/feedback-log.ts'
import { deploymentLogFolder } from '../../../../src/storage/workspace-paths.ts'
import { hostedWorkspace } from '../../storage/storage-samples.ts'

type Word = Partial<Feedback> & Pick<Feedback, 'time'>

/** A deployment, with words about its answers; each call of `say` writes a file of its own. */
async function answered() {
  const workspace = await hostedWorkspace()
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn@champion' }] })
  const count = createLabelCount(workspace)
  const folder = deploymentLogFolder(workspace.paths, 'churn')
  return {
    workspace,
    folder,
    there: () => workspace.tracking.deployments.apply({ spec, madeBy: null, now: 1 }),
    count: (since: number, position: Readonly<Record<string, number>> = {}) =>
      count({ deployment: 'churn', since, position }),
    anew: (since: number) =>
      createLabelCount(workspace)({ deployment: 'churn', since, position: {} }).then(({ labels }) => labels),
    say: async (...words: Word[]): Promise<void> => {
      const log = openFeedbackLog({
        folder,
        worker: 1,
        onError: (error) => {
          throw error
        },
      })
      for (const word of words) await log.append({ predictionId: 'a', ...word })
      await log.close()
    },
  }
}

it('counts answers that have a label, each once however often it was said', async () => {
  const { count, there, say, folder, anew } = await answered()
  expect(await count(0)).toEqual({ position: {}, labels: 0 })
  there()
  await say(
    { label: 'yes', time: 1 },
    { predictionId: 'b', isRight: true, time: 2 },
    { label: 'no', time: 3 },
    { predictionId: 'c', score: 0.5, time: 4 },
  )
  const first = await count(0)
  expect(first.labels).toBe(1)
  expect((await count(0, first.position)).position).toBe(first.position)
  const [old = ''] = Object.keys(first.position)
  await rm(join(folder, old))
  await say({ label: 'yes', time: 5 }, { predictionId: 'b', label: 0, time: 6 })
  const second = await count(0, first.position)
  expect(second.labels).toBe(2)
  expect(Object.keys(second.position)).not.toContain(old)
  expect(await anew(0)).toBe(2)
})

it('counts no label that was taken back, whichever file it stands in', async () => {
  const { count, there, say } = await answered()
  there()
  await say({ label: 'yes', time: 1 }, { predictionId: 'b', isRetracted: true, time: 9 })
  const { position, labels } = await count(0)
  expect(labels).toBe(1)
  await say({ isRetracted: true, time: 2 }, { predictionId: 'b', label: 'yes', time: 3 })
  expect((await count(0, position)).labels).toBe(0)
})

it('counts nothing that had a label before, also where it gets it again', async () => {
  const { there, say, anew } = await answered()
  there()
  const ids = Array.from({ length: 3_000 }, (_, index) => `id${index}`)
  await say(...ids.slice(0, 2_000).map((predictionId) => ({ predictionId, label: 'yes', time: 1 })))
  expect(await anew(0)).toBe(2_000)
  expect(await anew(5)).toBe(0)
  await say(
    { predictionId: 'id0', isRetracted: true, time: 6 },
    ...ids.map((predictionId) => ({ predictionId, label: 'no', time: 7 })),
  )
  expect(await anew(5)).toBe(1_000)
})
