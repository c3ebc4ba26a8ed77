import { describe, expect, it } from 'vitest'
import { columnsProblem, draftOf, mappingOf, nameProblem } from '../../../renderer/models/import-draft.ts'
import type { ForeignModelData } from '../../../src/contract/model-import.ts'

const sklearn: ForeignModelData = {
  producer: 'skl2onnx',
  inputs: [
    { name: 'X', type: 'float32', width: 2 },
    { name: 'city', type: 'string', width: 1 },
  ],
  outputs: [
    { name: 'output_label', type: 'int64', classes: null },
    { name: 'output_probability', type: 'float32', classes: ['0', '1'] },
  ],
}
const open: ForeignModelData = { ...sklearn, inputs: [{ name: 'X', type: 'float32', width: null }] }

describe('the draft of an import', () => {
  it('begins with the names that the file has', () => {
    expect(draftOf('/data/Churn (v2).onnx', sklearn)).toEqual({
      name: 'Churn-v2',
      columns: 'X_1\nX_2\ncity',
      labels: '0\n1',
      target: '',
    })
  })

  it('says what a model cannot be called', () => {
    const draft = draftOf('churn.onnx', sklearn)
    expect(nameProblem(draft)).toBeUndefined()
    expect(nameProblem({ ...draft, name: 'My Model' })).toMatch(/Letters, digits/)
  })

  it('says how many columns are wanted', () => {
    const draft = draftOf('churn.onnx', sklearn)
    expect(columnsProblem(draft, sklearn)).toBeUndefined()
    expect(columnsProblem({ ...draft, columns: 'a\nb' }, sklearn)).toBe(
      'The model takes 3 columns; these are 2.',
    )
    expect(columnsProblem({ ...draft, columns: 'a\nb\na' }, sklearn)).toBe('“a” is there twice.')
    expect(columnsProblem({ ...draft, columns: ' \n' }, open)).toMatch(/does not say how many/)
    expect(columnsProblem({ ...draft, columns: 'a\nb' }, open)).toBeUndefined()
  })

  it('tells labels only where they are not those of the file', () => {
    const draft = { ...draftOf('churn.onnx', sklearn), columns: ' a \nb\n\nc\n', target: ' churn ' }
    expect(mappingOf(draft, sklearn)).toEqual({ columns: ['a', 'b', 'c'], target: 'churn' })
    expect(mappingOf({ ...draft, labels: 'no\nyes' }, sklearn)).toMatchObject({ labels: ['no', 'yes'] })
  })
})
