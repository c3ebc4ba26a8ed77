import type { Edit } from '../core/edits.ts'
import type { Finding } from '../core/finding.ts'
import { parseEdge, type Pipeline } from '../core/pipeline.ts'
import { finding } from './findings.ts'

/** Links, pins and checks that speak of a node that is not there; edges are told of with the wiring. */
export function mentionFindings(document: Pipeline): Finding[] {
  const { links = [], pins = {}, checks = [] } = document
  const missing = (ids: readonly string[]) => ids.find((id) => !Object.hasOwn(document.nodes, id))
  return [
    ...stale('link', links, {
      missing: (link) => missing(nodesOfEdge(link)),
      without: (value) => ({ kind: 'set-field', field: 'links', value }),
    }),
    ...stale('pin', Object.entries(pins), {
      missing: ([node]) => missing([node]),
      without: (value) => ({ kind: 'set-field', field: 'pins', value: Object.fromEntries(value) }),
    }),
    ...stale('check', checks, {
      missing: (check) => missing('node' in check ? [check.node] : []),
      without: (value) => ({ kind: 'set-field', field: 'checks', value }),
    }),
  ]
}

function nodesOfEdge(edge: string): string[] {
  const { from, to } = parseEdge(edge)
  return [from.node, to.node]
}

/** A finding for each mention of a missing node; the fix of one is that of all of its kind. */
function stale<Mention>(
  thing: 'link' | 'pin' | 'check',
  mentions: readonly Mention[],
  rules: { missing: (mention: Mention) => string | undefined; without: (kept: Mention[]) => Edit },
): Finding[] {
  const nodes = mentions.map(rules.missing)
  const gone = nodes.filter((node) => node !== undefined)
  const kept = mentions.filter((_, index) => nodes[index] === undefined)
  const title = gone.length > 1 ? `Remove all ${thing}s to missing nodes` : `Remove the ${thing}`
  const fix = { title, edits: [rules.without(kept)] }
  return gone.map((node) => finding('stale-mention', { thing, node }, { fix }))
}
