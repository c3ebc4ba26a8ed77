import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Benchmark } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { runMeasured, type Command } from '../harness/run-measured.ts'
import { foreignSharesOf, medianOf, printedNumber, rowOf, takeTurns } from '../harness/take-turns.ts'
import { writeColumns } from './column-files.ts'
import { checkFound, errorOfStated } from './check-found.ts'

const columns = 50
const rows = 1_000_000
const scriptOf = (name: string): string => fileURLToPath(import.meta.resolve(name))

/**
 * How 50 columns of a million rows are distributed beside a million others, by Kolmogorov–Smirnov, the population
 * stability index and Jensen–Shannon: from rows, read column by column, and from sketches that were made before, beside
 * SciPy and NumPy. All must find the same, but for what sketches state.
 */
export const benchmark: Benchmark = async ({ rounds, folder, say }) => {
  const python = pythonWith({ numpy: 'python3-numpy', scipy: 'python3-scipy' })
  const [reference, current] = [join(folder, 'reference.f64'), join(folder, 'current.f64')]
  say(`Writing ${columns} columns of ${rows} rows, twice.`)
  await writeColumns({ path: reference, columns, rows }, { seed: 1, shift: 0 })
  await writeColumns({ path: current, columns, rows }, { seed: 2, shift: 0.3 })
  const sizes = [columns, rows].map(String)
  const sketchOf = (path: string): Command => ({
    file: process.execPath,
    args: [scriptOf('./sketch-columns.ts'), path, `${path}.sketch.json`, ...sizes],
  })
  say('Making the sketches.')
  const sketching = [await runMeasured(sketchOf(reference)), await runMeasured(sketchOf(current))]
  const ours = (from: 'rows' | 'sketches', paths: readonly string[]): Command => ({
    file: process.execPath,
    args: [scriptOf('./compare-tables.ts'), from, ...paths, ...sizes, String(availableParallelism())],
  })
  const outputs: Record<'ours' | 'sketches' | 'peer', string[]> = { ours: [], sketches: [], peer: [] }
  const keep = (name: keyof typeof outputs) => (stdout: string) => {
    outputs[name].push(stdout)
    return { seconds: (JSON.parse(stdout) as { seconds: number }).seconds }
  }
  const turns = await takeTurns({
    rounds,
    say,
    about: `${columns} × ${rows} against ${rows}`,
    commands: {
      ours: () => ours('rows', [reference, current]),
      sketches: () => ours('sketches', [`${reference}.sketch.json`, `${current}.sketch.json`]),
      peer: () => ({ file: python, args: [scriptOf('../peers/drift.py'), reference, current, ...sizes] }),
    },
    read: { ours: keep('ours'), sketches: keep('sketches'), peer: keep('peer') },
  })
  checkFound(outputs.ours[0]!, outputs.peer[0]!)
  const seconds = (name: keyof typeof turns): number =>
    medianOf(turns[name], (turn) => printedNumber(turn, 'seconds'))
  const memory = (name: keyof typeof turns): number =>
    medianOf(turns[name], ({ peakMemoryBytes }) => peakMemoryBytes)
  return {
    rows: [
      ...(['ours', 'sketches', 'peer'] as const).flatMap((name) => [
        rowOf(
          `${titles[name]}, time`,
          's',
          turns[name].map((turn) => printedNumber(turn, 'seconds')),
        ),
        rowOf(
          `${titles[name]}, memory`,
          'MB',
          turns[name].map(({ peakMemoryBytes }) => peakMemoryBytes / 1e6),
        ),
      ]),
      rowOf(
        'Making a sketch of one table',
        's',
        sketching.map((each) => each.seconds),
      ),
    ],
    ratios: {
      exactTime: seconds('ours') / seconds('peer'),
      exactMemory: memory('ours') / memory('peer'),
      sketchTime: seconds('sketches') / seconds('peer'),
      sketchErrorOfStated: errorOfStated(outputs.sketches[0]!, outputs.ours[0]!),
    },
    must: { exactTime: 0.1, exactMemory: 0.5, sketchTime: 0.005, sketchErrorOfStated: 1 },
    foreignShares: foreignSharesOf(turns),
  }
}

const titles = {
  ours: 'Pipewright, from rows',
  sketches: 'Pipewright, from sketches',
  peer: 'SciPy + NumPy',
}
