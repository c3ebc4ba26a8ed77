import { canonicalJson } from './canonical-json.ts'
import { sectionAs, type Section } from './edit-sections.ts'
import type { Edit } from './edits.ts'
import type { Pipeline } from './pipeline.ts'

const sections: readonly Section[] = [
  'inputs',
  'outputs',
  'edges',
  'links',
  'notes',
  'groups',
  'subpipelines',
  'pins',
  'checks',
  'layout',
]

/** Edits from a changed pipeline back to what it was, where nodes came and went and sections changed. */
export function wayBack(before: Pipeline, after: Pipeline): Edit[] {
  const ids = Object.keys(before.nodes)
  const added = Object.keys(after.nodes).filter((id) => before.nodes[id] !== after.nodes[id])
  return [
    ...added.map((id): Edit => ({ kind: 'remove-node', id })),
    ...ids.flatMap((id, index): Edit[] =>
      before.nodes[id] === after.nodes[id] ? [] : [{ kind: 'add-node', id, node: before.nodes[id]!, index }],
    ),
    // A node that is taken away takes with it what speaks of it.
    ...sections
      .filter((section) => added.length > 0 || differs(before[section], after[section]))
      .map((section) => sectionAs(before, section)),
  ]
}

const differs = (one: unknown, other: unknown): boolean =>
  one !== other && canonicalJson([one ?? null]) !== canonicalJson([other ?? null])
