import type { Edit } from '../../../src/core/edits.ts'
import type { Pipeline, Position } from '../../../src/core/pipeline.ts'
import { freeId } from './free-id.ts'

export type Note = NonNullable<Pipeline['notes']>[string]

const notesAs = (notes: Record<string, Note>): Edit => ({
  kind: 'set-field',
  field: 'notes',
  value: Object.keys(notes).length > 0 ? notes : null,
})

export function addNoteEdits(document: Pipeline, at: Position): { id: string; edits: Edit[] } {
  const notes = document.notes ?? {}
  const id = freeId('note', (other) => Object.hasOwn(notes, other))
  return { id, edits: [notesAs({ ...notes, [id]: { text: '', at, size: [220, 120] } })] }
}

export function changeNotesEdits(
  document: Pipeline,
  changes: Readonly<Record<string, Partial<Note>>>,
): Edit[] {
  const notes = { ...document.notes }
  for (const [id, change] of Object.entries(changes)) if (notes[id]) notes[id] = { ...notes[id], ...change }
  return [notesAs(notes)]
}

export function removeNotesEdits(document: Pipeline, ids: readonly string[]): Edit[] {
  return [
    notesAs(Object.fromEntries(Object.entries(document.notes ?? {}).filter(([id]) => !ids.includes(id)))),
  ]
}
