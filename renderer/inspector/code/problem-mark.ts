import { StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'

/** Marks what stands at an offset as wrong; null takes the mark away. */
export const markProblem = StateEffect.define<number | null>()

/** The mark of what is wrong. It moves with the text, and goes with the text that it stands on. */
export const problemMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects, newDoc }) => {
    const effect = effects.findLast((each) => each.is(markProblem))
    return effect ? marksAt(newDoc, effect.value) : marks.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function marksAt(doc: Text, at: number | null): DecorationSet {
  if (at === null || doc.length === 0) return Decoration.none
  const from = Math.min(Math.max(at, 0), doc.length - 1)
  const word = /^[\p{L}\p{M}\p{N}_]+/u.exec(doc.sliceString(from))
  const to = Math.min(doc.length, from + (word?.[0].length ?? 1))
  return Decoration.set(Decoration.mark({ class: 'cm-problem' }).range(from, to))
}
