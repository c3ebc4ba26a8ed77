import type { Edit } from '../../../src/core/edits.ts'
import { formatEdge, parseEdge, type Pipeline } from '../../../src/core/pipeline.ts'

/** The way back that a node draws: from retraining to the labels that it waits for. Null where there is none to be drawn. */
export function linkBackEdits(document: Pipeline, id: string): { isThere: boolean; edits: Edit[] } | null {
  if (document.nodes[id]?.type !== 'monitoring.retrain') return null
  const { links = [] } = document
  const others = links.filter((link) => parseEdge(link).from.node !== id)
  if (others.length < links.length)
    return { isThere: true, edits: [{ kind: 'set-field', field: 'links', value: others }] }
  const goal = feedbackOf(document, id)
  if (goal === undefined) return null
  const link = formatEdge({ from: { node: id, port: 'loop' }, to: { node: goal, port: 'table' } })
  return { isThere: false, edits: [{ kind: 'set-field', field: 'links', value: [...links, link] }] }
}

/** The feedback of the same endpoint, else any. */
function feedbackOf({ nodes }: Pipeline, id: string): string | undefined {
  const { deployment, model } = nodes[id]!.params
  const ownName = typeof model === 'string' ? model.split('@')[0] : undefined
  const endpoint = deployment === undefined || deployment === '' ? ownName : deployment
  const all = Object.keys(nodes).filter((each) => nodes[each]!.type === 'ingestion.feedback')
  return all.find((each) => nodes[each]!.params['deployment'] === endpoint) ?? all[0]
}
