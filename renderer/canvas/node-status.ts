import type { PipelineDescription } from '../../src/contract/pipelines-contract.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { activeRunOf, activeTabOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import type { StepState } from '../state/run-view.ts'
import { staleNodes } from './edits/stale-nodes.ts'

/** `idle`: it never ran here; `stale`: it, or something before it, has changed since. */
export type NodeState = StepState | 'idle' | 'stale'

const stale = new WeakMap<Pipeline, { ran: Pipeline; nodes: ReadonlySet<string> }>()

/** What a card shows of how its step went. */
export function nodeState(state: AppState, node: string): NodeState {
  const run = activeRunOf(state)
  const step = run?.steps[node]
  if (!run || !step) return 'idle'
  const now = activeTabOf(state)?.document
  if (run.status === 'running' || !run.document || !now) return step.state
  return staleSince(run.document, now).has(node) ? 'stale' : step.state
}

function staleSince(ran: Pipeline, now: Pipeline): ReadonlySet<string> {
  const known = stale.get(now)
  if (known?.ran === ran) return known.nodes
  const nodes = staleNodes(ran, now)
  stale.set(now, { ran, nodes })
  return nodes
}

const byNode = new WeakMap<PipelineDescription, ReadonlyMap<string, readonly Finding[]>>()
const none: readonly Finding[] = []

/** What the check of the document found at a node. */
export function findingsAt(state: AppState, node: string): readonly Finding[] {
  const description = activeTabOf(state)?.description
  if (!description) return none
  let found = byNode.get(description)
  if (!found) {
    found = Map.groupBy(description.findings, ({ at }) => at?.node.split('/')[0] ?? '')
    byNode.set(description, found)
  }
  return found.get(node) ?? none
}
