import { EditorState } from '@codemirror/state'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markProblem, problemMark } from '../../../renderer/inspector/code/problem-mark.ts'

const marksOf = (state: EditorState): (readonly [number, number])[] => {
  const marks: (readonly [number, number])[] = []
  state.field(problemMark).between(0, Number.MAX_SAFE_INTEGER, (from, to) => void marks.push([from, to]))
  return marks
}

const marked = (doc: string, at: number): EditorState =>
  EditorState.create({ doc, extensions: [problemMark] }).update({ effects: markProblem.of(at) }).state

describe('the mark of a problem', () => {
  it('stands on the whole word', () => {
    expect(marksOf(marked('age + heigth > 2', 6))).toEqual([[6, 12]])
  })

  it('goes when the text is replaced by a shorter one', () => {
    const { state } = marked('age >= 18 and twon', 14).update({ changes: { from: 0, to: 18, insert: 'age' } })
    expect(state.field(problemMark).size).toBe(0)
  })

  it('never stands outside of the text, whatever is typed', () => {
    const edit = fc.record({ from: fc.nat(), to: fc.nat(), insert: fc.string({ maxLength: 5 }) })
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.array(edit), (doc, at, edits) => {
        let state = marked(doc, at)
        const ends: { end: number; length: number }[] = []
        for (const { from, to, insert } of edits) {
          const end = to % (state.doc.length + 1)
          state = state.update({ changes: { from: from % (end + 1), to: end, insert } }).state
          ends.push(...marksOf(state).map(([, end]) => ({ end, length: state.doc.length })))
        }
        expect(ends.filter(({ end, length }) => end > length)).toEqual([])
      }),
    )
  })
})
