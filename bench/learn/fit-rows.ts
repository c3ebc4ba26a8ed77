import type { Row } from '../harness/benchmark.ts'
import { printedNumber, rowOf, type Turn } from '../harness/take-turns.ts'

/** What fits took, by the name of who made them: `seconds` and `cpuSeconds` as they were printed, and memory. */
export function fitRows(about: string, turns: Readonly<Record<string, readonly Turn[]>>): Row[] {
  return Object.entries(turns).flatMap(([name, of]) => [
    rowOf(
      `${name}, ${about}: time`,
      's',
      of.map((turn) => printedNumber(turn, 'seconds')),
    ),
    rowOf(
      `${name}, ${about}: time of all cores`,
      's',
      of.map((turn) => printedNumber(turn, 'cpuSeconds')),
    ),
    rowOf(
      `${name}, ${about}: peak memory`,
      'MB',
      of.map(({ peakMemoryBytes }) => peakMemoryBytes / 1e6),
    ),
  ])
}
