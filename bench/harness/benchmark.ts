import type { Series } from './series.ts'

/** A line of the table that a benchmark prints: one thing, repeated. */
export interface Row {
  name: string
  unit: 's' | 'ms' | 'MB' | '/s'
  series: Series
}

/** What came out of a benchmark. `must` has an upper bound for each of `ratios`. */
export interface Outcome {
  rows: readonly Row[]
  ratios: Readonly<Record<string, number>>
  must: Readonly<Record<string, number>>
  /** How much of the machine something else used during each run, 0 to 1. */
  foreignShares: readonly number[]
}

export interface BenchmarkOptions {
  /** How many turns each side gets. */
  rounds: number
  /** The parts that are wanted, of a benchmark that has some; all when absent. */
  only?: readonly string[]
  /** An empty folder, removed afterwards. */
  folder: string
  /** Says what is being done. */
  say: (text: string) => void
}

export type Benchmark = (options: BenchmarkOptions) => Promise<Outcome>

/** A benchmark has no part of that name. */
export class UnknownPart extends Error {}
