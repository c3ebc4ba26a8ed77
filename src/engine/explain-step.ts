/** Why a step runs, or why it need not. Each is one fact; a step that runs may have several. */
export type Reason =
  | { kind: 'parameter'; param: string; before: unknown; after: unknown }
  | { kind: 'seed'; before: number; after: number }
  /** The content at an input is another: `from` is the node that feeds it now, `how` what happened there. */
  | { kind: 'input'; port: string; from: string; how: 'ran-again' | 'connected-to-another' | 'connected' }
  | { kind: 'input-gone'; port: string }
  | { kind: 'file'; path: string }
  | { kind: 'node-type'; before: string; after: string }
  | { kind: 'node-version'; before: number; after: number }
  | { kind: 'node-code' }
  | { kind: 'library'; name: string; before: string; after: string }
  | { kind: 'moved'; before: string; after: string }
  | { kind: 'never-ran' }
  | { kind: 'result-gone' }
  | { kind: 'effect-gone'; what: string }
  | { kind: 'forced' }
  /** It ran, and nothing of what its key is made of had changed: the engine itself is new. */
  | { kind: 'engine' }
  /** Not run: nothing changed since `run`, which made the result. */
  | { kind: 'unchanged'; run: string }
  /** Not run: not as in the last run, but as in an earlier one, whose result (of epoch ms) is still there. */
  | { kind: 'as-before'; at: number }

/** A reason in words: parameter “learningRate” 0.1 → 0.05. */
export function describeReason(reason: Reason): string {
  throw new Error(`not built yet: ${reason.kind}`)
}
