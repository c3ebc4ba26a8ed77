import { fileURLToPath } from 'node:url'
import type { BenchmarkOptions } from '../harness/benchmark.ts'

/** What is compared: a workspace with the registered model `served`, and a stored pipeline of scikit-learn. */
export interface Contestants {
  options: BenchmarkOptions
  python: string
  /** The CSV file that both were trained on. */
  data: string
  workspace: string
  peerModel: string
}

/** The command line that the benchmarks run. */
export const launcher = fileURLToPath(import.meta.resolve('../../src/hosts/cli/pipewright.js'))
