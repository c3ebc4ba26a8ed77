import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { control } from './double/control.ts'
import { openDouble } from './open-double.ts'
import { endpointSpec, specs } from './specs.ts'
import { leaveSwitchedOnEndpoint } from './switched-on-endpoint.ts'

/** What became of each spec: null where it holds. The process tells it as a line of JSON, and ends. */
export type Outcome = Record<string, string | null>

/** With a fault, the one spec that is to be broken by it. */
const wanted = process.env['ELECTRON_SPEC']
const patienceMs = wanted === undefined ? 20_000 : 5_000
const outcome: Outcome = {}
const parent = realpathSync(mkdtempSync(join(tmpdir(), 'pipewright-app-')))
const folder = join(parent, 'workspace')
mkdirSync(folder)
process.env['PIPEWRIGHT_SETTINGS'] = parent

try {
  if (wanted === undefined || wanted === endpointSpec) await leaveSwitchedOnEndpoint(folder)
  const driver = await openDouble({ browser: process.env['ELECTRON_BROWSER']!, folder, readyMs: patienceMs })
  for (const [name, spec] of Object.entries(specs))
    if (wanted === undefined || name === wanted) outcome[name] = await problemOf(() => spec(driver))
} catch (error) {
  outcome['opens its window'] = String(error)
}
for (const made of [parent, control.userData]) rmSync(made, { recursive: true, force: true, maxRetries: 3 })
process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0))

async function problemOf(work: () => Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it took too long')), patienceMs)
  })
  try {
    await Promise.race([work(), late])
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}
