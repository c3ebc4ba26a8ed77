import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import type { PipelineDescription, PreviewedStepData } from '../../src/contract/pipelines-contract.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Pipeline, PipelineNode } from '../../src/core/pipeline.ts'
import { findingsAt, nodeState } from '../canvas/node-status.ts'
import { activeFileOf, activeRunOf, activeTabOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import { prefixOf } from '../state/scope.ts'
import { useStore } from '../state/store.ts'
import type { RunView, StepView } from '../state/run-view.ts'

/** The one node that is selected, with all that is known of it. */
export interface SelectedNode {
  id: string
  node: PipelineNode
  document: Pipeline
  pipelinePath: string
  /** Null for a type that this catalogue does not have. */
  definition: NodeDescription | null
  described: PipelineDescription['nodes'][number] | null
  findings: readonly Finding[]
  run: RunView | null
  step: StepView | null
  /** What it gives for a sample of the data, where a run has not given it yet. */
  preview: PreviewedStepData | null
}

/** Null while none is selected, or several are. */
export function useSelectedNode(): SelectedNode | null {
  const id = useStore(selectedId)
  const tab = useStore(activeTabOf)
  const run = useStore(activeRunOf)
  const definitions = useStore((state) => state.definitions)
  const findings = useStore((state) => findingsAt(state, id ?? ''))
  const preview = useStore(previewOfSelected)
  const node = id === null ? undefined : tab?.document.nodes[id]
  if (id === null || !tab || !node) return null
  return {
    id,
    node,
    document: tab.document,
    pipelinePath: tab.path,
    definition: definitions[node.type] ?? null,
    described: tab.description?.nodes.find((each) => each.id === id) ?? null,
    findings,
    run: run ?? null,
    step: run?.steps[id] ?? null,
    preview,
  }
}

function previewOfSelected(state: AppState): PreviewedStepData | null {
  const id = selectedId(state)
  const file = activeFileOf(state)
  if (id === null || !file) return null
  const isOpen = ['idle', 'stale'].includes(nodeState(state, id))
  return (isOpen && state.previews[file.id]?.[`${prefixOf(file.scope)}${id}`]) || null
}

const selectedId = ({ selectedNodes }: AppState): string | null =>
  selectedNodes.length === 1 ? selectedNodes[0]! : null
