import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import { countLabels } from '../../../../src/monitoring/retraining/count-labels.ts'
import { openFeedbackLog } from '../../../../src/serving/log/feedback-log.ts'
import { deploymentLogFolder } from '../../../../src/storage/workspace-paths.ts'
import { hostedWorkspace } from '../../storage/storage-samples.ts'

it('counts each label once, and nothing else that was said', async () => {
  const workspace = await hostedWorkspace()
  const count = (position: Readonly<Record<string, number>>) =>
    countLabels({ deployment: 'churn', position }, workspace)
  expect(await count({})).toEqual({ position: {}, labels: 0 })
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn@champion' }] })
  workspace.tracking.deployments.apply({ spec, madeBy: null, now: 1 })
  const folder = deploymentLogFolder(workspace.paths, 'churn')
  const say = async (...said: object[]): Promise<void> => {
    const log = openFeedbackLog({
      folder,
      worker: 1,
      onError: (error) => {
        throw error
      },
    })
    for (const each of said) await log.append({ predictionId: 'a', time: Date.now(), ...each })
    await log.close()
  }
  await say({ label: 'yes' }, { isRight: true }, { label: 0 }, { score: 0.5 })
  const first = await count({})
  expect(first.labels).toBe(2)
  expect((await count(first.position)).labels).toBe(0)
  const [old = ''] = Object.keys(first.position)
  await rm(join(folder, old))
  await say({ label: 'no' })
  const second = await count(first.position)
  expect(second.labels).toBe(1)
  expect(Object.keys(second.position)).not.toContain(old)
})
