import { useDeferredValue, useRef } from 'react'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import type { PipelineDescription, PreviewedStepData } from '../../src/contract/pipelines-contract.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Pipeline, PipelineNode } from '../../src/core/pipeline.ts'
import { findingsAt, nodeState } from '../canvas/node-status.ts'
import { activeFileOf, activeRunOf, activeTabOf, stepOf } from '../state/active.ts'
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

/**
 * Null while none is selected, or several are. What shows it follows a moment after the card that was clicked, which is
 * seen at once.
 */
export function useSelectedNode(): SelectedNode | null {
  const tab = useStore(activeTabOf)
  const selected = useStore(selectedId)
  const shown = useDeferredValue(selected)
  const id = shown !== null && tab?.document.nodes[shown] ? shown : selected
  const run = useOutcomes()
  const step = useStore((state) => (id === null ? undefined : stepOf(state, id)))
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
    step: step ?? null,
    preview,
  }
}

/** The run, as another one only when more than the progress of running steps has changed, which comes ten times a second. */
function useOutcomes(): RunView | undefined {
  const last = useRef<RunView>(undefined)
  return useStore((state) => {
    const run = activeRunOf(state)
    if (!run || !last.current || !hasSameOutcomes(run, last.current)) last.current = run
    return last.current
  })
}

function hasSameOutcomes(one: RunView, other: RunView): boolean {
  if (one.id !== other.id || one.status !== other.status || one.order.length !== other.order.length)
    return false
  return one.order.every((node) => {
    const [step, before] = [one.steps[node], other.steps[node]]
    return step === before || (step?.state === 'running' && before?.state === 'running')
  })
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
