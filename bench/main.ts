import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { UnknownPart, type Benchmark } from './harness/benchmark.ts'
import { MissingPeer } from './harness/peer.ts'
import { printOutcome } from './harness/print-outcome.ts'

const benchmarks: Readonly<Record<string, () => Promise<{ benchmark: Benchmark }>>> = {
  prepare: () => import('./prepare/prepare.ts'),
  engine: () => import('./engine/engine.ts'),
  learn: () => import('./learn/learn.ts'),
  'predict-memory': () => import('./predict-memory/predict-memory.ts'),
  drift: () => import('./drift/drift.ts'),
  canvas: () => import('./canvas/canvas.ts'),
  serving: () => import('./serving/serving.ts'),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
})
const [name = ''] = positionals
const load = benchmarks[name]
if (!load) {
  console.error(
    `npm run bench ${Object.keys(benchmarks).join('|')} [-- --rounds N --only PART,… --folder PATH]`,
  )
  process.exit(2)
}
const folder = await mkdtemp(join(values.folder, 'pipewright-bench-'))
try {
  const { benchmark } = await load()
  const say = (text: string): void => console.error(text)
  const outcome = await benchmark({
    rounds: Number(values.rounds),
    ...(values.only !== undefined && { only: values.only.split(',') }),
    folder,
    say,
  })
  process.exitCode = printOutcome(name, outcome) ? 0 : 1
} catch (error) {
  if (!(error instanceof MissingPeer || error instanceof UnknownPart)) throw error
  console.error(error.message)
  process.exitCode = 2
} finally {
  await rm(folder, { recursive: true, force: true })
}
