import type { Edit } from '../../../src/core/edits.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { freeId } from './free-id.ts'

export type Group = NonNullable<Pipeline['groups']>[string]

const groupsAs = (groups: Record<string, Group>): Edit => ({
  kind: 'set-field',
  field: 'groups',
  value: Object.keys(groups).length > 0 ? groups : null,
})

/** Puts nodes into a new group; a group that loses its last node by that is gone. */
export function groupEdits(document: Pipeline, nodes: readonly string[]): { id: string; edits: Edit[] } {
  const groups = document.groups ?? {}
  const id = freeId('group', (other) => Object.hasOwn(groups, other))
  const rest = Object.entries(groups)
    .map(
      ([other, group]) =>
        [other, { ...group, nodes: group.nodes.filter((node) => !nodes.includes(node)) }] as const,
    )
    .filter(([, group]) => group.nodes.length > 0)
  return {
    id,
    edits: [groupsAs({ ...Object.fromEntries(rest), [id]: { title: 'Group', nodes: [...nodes] } })],
  }
}

export function ungroupEdits(document: Pipeline, ids: readonly string[]): Edit[] {
  const kept = Object.entries(document.groups ?? {}).filter(([id]) => !ids.includes(id))
  return [groupsAs(Object.fromEntries(kept))]
}

export function changeGroupEdits(document: Pipeline, id: string, change: Partial<Group>): Edit[] {
  const group = document.groups?.[id]
  if (!group) return []
  const changed = { ...group, ...change }
  if (changed.collapsed !== true) delete changed.collapsed
  return [groupsAs({ ...document.groups, [id]: changed })]
}

/** Groups that hold at least one of the nodes. */
export const groupsOf = (document: Pipeline, nodes: readonly string[]): string[] =>
  Object.entries(document.groups ?? {})
    .filter(([, group]) => group.nodes.some((node) => nodes.includes(node)))
    .map(([id]) => id)
