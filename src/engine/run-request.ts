import type { PipelineSource } from './pipeline-source.ts'
import type { RunScope } from './run-steps.ts'

/**
 * `to`: only these nodes and what they need. `from`: only these nodes, which run whether or not something changed,
 * and what follows them and needs it, which run where something changed. Both: what lies between.
 */
export interface RunRequest extends PipelineSource, RunScope {
  /**
   * What it makes waits for a judgement: models are registered without aliases, and no endpoint or retraining is wished
   * for. Results of steps that held something back are not taken by later runs.
   */
  holdsBack?: boolean
  /** Called in the transaction that records the run: what it writes is there if, and only if, the run is. */
  onCreated?: (run: string) => void
}
