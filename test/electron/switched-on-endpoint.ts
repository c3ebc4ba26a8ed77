import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deploymentSpecSchema } from '../../src/core/deployment.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import { openHost } from '../../src/hosts/open-host.ts'
import { xgboostBinary } from '../fixtures/onnx/foreign-models.ts'

/** Leaves a workspace behind in which the endpoint “trees” is switched on, and runs nowhere yet. */
export async function leaveSwitchedOnEndpoint(folder: string): Promise<void> {
  const path = join(folder, 'trees.onnx')
  writeFileSync(path, xgboostBinary())
  const { signal } = new AbortController()
  const host = await openHost({ folder, composition: builtInComposition, shared: false, signal })
  const { models, runs, deployments } = host.client
  const mapping = { columns: ['a', 'b'], labels: ['no', 'yes'] }
  const started = await models.import({ path, name: 'trees', aliases: ['champion'], mapping, tied: false })
  if (started.outcome === 'refused') throw new Error(JSON.stringify(started.findings))
  const events = await runs.events({ run: started.run, after: 0 })
  for await (const { event } of events) if (event === 'run-finished') break
  const spec = { name: 'trees', versions: [{ reference: 'trees@champion' }], workers: 1 }
  await deployments.apply({ spec: deploymentSpecSchema.parse(spec) })
  await deployments.switchOn({ name: 'trees' })
  await host.close()
}
