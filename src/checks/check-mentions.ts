import type { Edit } from '../core/edits.ts'
import type { Finding } from '../core/finding.ts'
import { parseEdge, type Pipeline } from '../core/pipeline.ts'
import { finding } from './findings.ts'

/** Links, pins and checks that speak of a node that is not there; edges are told of with the wiring. */
export function mentionFindings(document: Pipeline): Finding[] {
  const { links = [], pins = {}, checks = [] } = document
  const missing = (ids: readonly string[]) => ids.find((id) => !Object.hasOwn(document.nodes, id))
  const staleLinks = links.flatMap((link) => {
    const { from, to } = parseEdge(link)
    const node = missing([from.node, to.node])
    const value = links.filter((other) => other !== link)
    return node === undefined ? [] : [stale('link', node, { kind: 'set-field', field: 'links', value })]
  })
  const stalePins = Object.keys(pins).flatMap((node) => {
    const value = Object.fromEntries(Object.entries(pins).filter(([other]) => other !== node))
    return missing([node]) ? [stale('pin', node, { kind: 'set-field', field: 'pins', value })] : []
  })
  const staleChecks = checks.flatMap((check) => {
    const node = 'node' in check ? missing([check.node]) : undefined
    const value = checks.filter((other) => other !== check)
    return node === undefined ? [] : [stale('check', node, { kind: 'set-field', field: 'checks', value })]
  })
  return [...staleLinks, ...stalePins, ...staleChecks]
}

const stale = (thing: 'link' | 'pin' | 'check', node: string, edit: Edit): Finding =>
  finding('stale-mention', { thing, node }, { fix: { title: `Remove the ${thing}`, edits: [edit] } })
