import type { PipelineDescription } from '../../src/contract/pipelines-contract.ts'
import type { AppState } from './app-state.ts'
import { runAt } from './run-at.ts'
import type { RunView, StepView } from './run-view.ts'
import { pipelineAt, prefixOf } from './scope.ts'
import type { Tab } from './tab.ts'

/** The file that is shown, whatever of it is seen. */
export const activeFileOf = ({ activeTab, tabs }: AppState): Tab | undefined =>
  activeTab === null ? undefined : tabs[activeTab]

const views = new WeakMap<Tab, Tab>()

/**
 * The tab that is shown, if any. Where a sub-pipeline was entered its document and its description are those of the
 * sub-pipeline; edits of it go through `applyEdits` as always.
 */
export function activeTabOf(state: AppState): Tab | undefined {
  const tab = activeFileOf(state)
  if (!tab || tab.scope.length === 0) return tab
  let view = views.get(tab)
  if (!view) {
    const { scope, pipeline } = pipelineAt(tab.document, tab.scope)
    const description = tab.description && descriptionAt(tab.description, prefixOf(scope), pipeline.edges)
    view = { ...tab, scope, document: pipeline, description }
    views.set(tab, view)
  }
  return view
}

const runs = new WeakMap<RunView, { tab: Tab; run: RunView }>()

/** The run that the active tab shows, if any, by the ids that nodes have there. */
export function activeRunOf(state: AppState): RunView | undefined {
  const tab = activeTabOf(state)
  const run = tab && tab.runId !== null ? state.runs[tab.runId] : undefined
  if (!tab || !run) return run
  const known = runs.get(run)
  if (known?.tab === tab) return known.run
  const seen = runAt(run, tab.scope, tab.document)
  runs.set(run, { tab, run: seen })
  return seen
}

export const stepOf = (state: AppState, node: string): StepView | undefined => activeRunOf(state)?.steps[node]

export const isRunning = (state: AppState): boolean => activeRunOf(state)?.status === 'running'

function descriptionAt(
  description: PipelineDescription,
  prefix: string,
  edges: string[],
): PipelineDescription {
  const inside = (id: string): boolean => id.startsWith(prefix)
  const inner = (id: string): string => id.slice(prefix.length)
  return {
    ...description,
    edges,
    nodes: description.nodes
      .filter(({ id }) => inside(id))
      .map((node) => Object.assign({}, node, { id: inner(node.id) })),
    findings: description.findings
      .filter(({ at }) => at && inside(at.node))
      .map((finding) => Object.assign({}, finding, { at: { ...finding.at, node: inner(finding.at!.node) } })),
  }
}
