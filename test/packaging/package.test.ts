import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stdoutOf } from '../contract/run-command.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const launcher = join(root, 'dist/src/hosts/cli/pipewright.js')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipewright-package-'))
  await cp(join(root, 'examples/telco-churn'), folder, { recursive: true })
  await run('npm', ['run', 'build:host'], { cwd: root })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('runs the churn example from the built package, as the sources do', async () => {
  const built = await metricsOf(launcher)
  await rm(join(folder, '.pipewright'), { recursive: true, force: true })
  const sources = await metricsOf(join(root, 'src/hosts/cli/pipewright.js'))
  expect(built['evaluate.roc_auc']).toBeGreaterThan(0.83)
  expect(built).toEqual(sources)
})

async function metricsOf(command: string): Promise<Record<string, number>> {
  const stdout = await stdoutOf(['run', join(folder, 'telco-churn.pipeline.json'), '--json'], { command })
  const last = JSON.parse(stdout.trim().split('\n').at(-1)!) as { metrics: Record<string, number> }
  return last.metrics
}
