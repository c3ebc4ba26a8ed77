import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import type { Column, Shape } from '../../../src/core/columns.ts'
import type { Finding } from '../../../src/core/finding.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import {
  chosenColumns,
  readColumnChoice,
  writeColumnChoice,
} from '../../../renderer/inspector/form/column-choice.ts'
import { fieldsOf } from '../../../renderer/inspector/form/field-model.ts'
import {
  hasProblems,
  problemsAtParams,
  problemsOfField,
} from '../../../renderer/inspector/form/field-problems.ts'
import { columnsForField } from '../../../renderer/inspector/form/incoming-columns.ts'
import { makeParameterEdits } from '../../../renderer/inspector/form/make-parameter.ts'
import { optionTitle } from '../../../renderer/inspector/form/option-title.ts'
import { parametersFor, referencedParameter } from '../../../renderer/inspector/form/parameter-reference.ts'
import { pathFromPipeline } from '../../../renderer/inspector/form/relative-path.ts'
import { renameParameterEdits } from '../../../renderer/inspector/form/rename-parameter.ts'

const column = (name: string, type: Column['type'], role: Column['role'] = 'feature'): Column => ({
  name,
  type,
  role,
  origin: 'start',
})
const table = (...columns: Column[]): Shape => ({ kind: 'table', columns, split: null, known: true })

const document: Pipeline = {
  format: 1,
  id: 'p',
  name: 'P',
  seed: 0,
  parameters: { data: { type: 'path', default: 'a.csv' } },
  nodes: {
    read: {
      type: 'ingestion.file',
      version: 1,
      params: { path: '${data}', nullValues: ['$${data}', 'x ${data}'] },
    },
    split: { type: 'features.split', version: 1, params: { test: 0.3 } },
  },
  edges: [],
  layout: {},
}

describe('the columns that a field offers', () => {
  const shapes = {
    inputs: { left: [table(column('a', 'text'))], right: [table(column('b', 'number'))] },
    outputs: { table: table(column('c', 'text')) },
  }

  it('are those of the input of the same name, else those of all inputs', () => {
    expect(columnsForField(shapes, 'right').columns.map(({ name }) => name)).toEqual(['b'])
    expect(columnsForField(shapes, 'by').columns.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('are those that a source gives, and not known where nothing is', () => {
    expect(columnsForField({ ...shapes, inputs: {} }, 'types').columns.map(({ name }) => name)).toEqual(['c'])
    expect(columnsForField(null, 'types')).toEqual({ columns: [], known: false })
  })

  it('are chosen by a rule among features alone', () => {
    const columns = [column('a', 'text'), column('n', 'integer'), column('t', 'number', 'target')]
    const rule = readColumnChoice({ type: 'numeric', except: [] })
    expect(chosenColumns(rule, columns).map(({ name }) => name)).toEqual(['n'])
    expect(writeColumnChoice(rule)).toEqual({ type: 'numeric' })
    expect(writeColumnChoice(readColumnChoice(['a', 'b']))).toEqual(['a', 'b'])
  })
})

describe('a finding', () => {
  const finding = (param: string): Finding => ({
    code: 'x',
    severity: 'error',
    at: { node: 'sort', param },
    message: 'Wrong.',
    remedy: 'Mend it.',
  })
  const params = { by: [{ column: 'a' }, { column: 'b' }] }
  const problems = problemsAtParams([finding('by.1.column'), finding('missing')], { node: 'sort', params })

  it('stands at the innermost field that it is about', () => {
    expect(problemsOfField(problems, { path: ['by', 1, 'column'], shownBelow: () => false })).toHaveLength(1)
    expect(problemsOfField(problems, { path: ['by'], shownBelow: () => true })).toHaveLength(0)
    expect(hasProblems(problems, ['by'])).toBe(true)
    expect(hasProblems(problems, ['by', 0])).toBe(false)
  })

  it('stands at a parameter that is not set yet', () => {
    expect(hasProblems(problems, ['missing'])).toBe(true)
  })
})

describe('a parameter of the pipeline', () => {
  const [test, method, path] = fieldsOf({
    properties: {
      test: { type: 'number', title: 'Test share', default: 0.2 },
      method: { type: 'array', items: { type: 'string' } },
      path: { type: 'string', widget: 'file' },
    },
  }) as [
    ReturnType<typeof fieldsOf>[number],
    ReturnType<typeof fieldsOf>[number],
    ReturnType<typeof fieldsOf>[number],
  ]

  it('is made out of a field, with the value that it had', () => {
    const edits = makeParameterEdits({ document, node: 'split', field: test, path: ['test'], value: 0.3 })
    const { pipeline } = applyEdits(document, edits)
    expect(pipeline.parameters['test']).toEqual({ type: 'number', default: 0.3, title: 'Test share' })
    expect(pipeline.nodes['split']!.params['test']).toBe('${test}')
    expect(
      makeParameterEdits({ document, node: 'split', field: method, path: ['method'], value: [] }),
    ).toEqual([])
  })

  it('is offered to the fields that it fits', () => {
    expect(parametersFor(path, document.parameters)).toEqual(['data'])
    expect(parametersFor(test, document.parameters)).toEqual([])
    expect(referencedParameter('${data}')).toBe('data')
    expect(referencedParameter('x ${data}')).toBeNull()
  })

  it('is renamed wherever it is referred to, and in one step back again', () => {
    const edits = renameParameterEdits(document, 'data', 'customers')
    const { pipeline, inverse } = applyEdits(document, edits)
    expect(Object.keys(pipeline.parameters)).toEqual(['customers'])
    expect(pipeline.nodes['read']!.params).toEqual({
      path: '${customers}',
      nullValues: ['$${data}', 'x ${customers}'],
    })
    expect(applyEdits(pipeline, inverse).pipeline).toEqual(document)
    expect(renameParameterEdits(document, 'data', 'not a name')).toEqual([])
  })
})

it('names a file as seen from the pipeline', () => {
  expect(pathFromPipeline('/work/a/p.json', '/work/a/data/x.csv')).toBe('data/x.csv')
  expect(pathFromPipeline('/work/a/p.json', '/work/b/x.csv')).toBe('../b/x.csv')
  expect(pathFromPipeline('C:\\work\\p.json', 'C:\\work\\x.csv')).toBe('x.csv')
  expect(pathFromPipeline('C:\\work\\p.json', 'D:\\x.csv')).toBe('D:\\x.csv')
})

it('tells options in words', () => {
  expect(['most-frequent', 'csv', 'utf-8', 'f1', 'balanced_accuracy', ',', true].map(optionTitle)).toEqual([
    'Most frequent',
    'CSV',
    'utf-8',
    'F1',
    'Balanced accuracy',
    'Comma  ,',
    'Yes',
  ])
})
