import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { unknownTable, type Column, type TableShape } from '../../../src/core/columns.ts'
import type { Edit } from '../../../src/core/edits.ts'
import type { Finding } from '../../../src/core/finding.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { checkPipeline } from '../../../src/checks/check-pipeline.ts'

const folder = new URL('../../../examples/', import.meta.url)
const textOf = (example: string): string => readFileSync(new URL(example, folder), 'utf8')
const definitions = new Map(nodeDefinitions.map((definition) => [definition.id as string, definition]))

const customers: TableShape = {
  kind: 'table',
  columns: columns({
    text: [
      'customerID',
      'gender',
      'Partner',
      'Dependents',
      'PhoneService',
      'Contract',
      'PaymentMethod',
      'Churn',
    ],
    integer: ['SeniorCitizen', 'tenure'],
    number: ['MonthlyCharges', 'TotalCharges'],
  }),
  split: null,
  known: true,
}

function columns(names: Partial<Record<Column['type'], string[]>>): Column[] {
  return Object.entries(names).flatMap(([type, list]) =>
    list.map((name): Column => ({ name, type: type as Column['type'], role: 'feature', origin: 'start' })),
  )
}

const telco = parsePipeline(textOf('telco-churn/telco-churn.pipeline.json'))

const check = (pipeline: Pipeline) =>
  checkPipeline({
    pipeline,
    definitions,
    probed: new Map([['customers', { table: customers, rejects: unknownTable }]]),
  })

const edited = (...edits: Edit[]): Pipeline => applyEdits(telco, edits).pipeline

const codes = (pipeline: Pipeline): string[] =>
  check(pipeline).findings.map(({ code, at }) => `${code} at ${at?.node}`)

function withFix(code: string, pipeline: Pipeline): Pipeline {
  const found: Finding | undefined = check(pipeline).findings.find((finding) => finding.code === code)
  if (!found?.fix)
    throw new Error(`no fix for ${code} in ${JSON.stringify(check(pipeline).findings, null, 1)}`)
  return applyEdits(pipeline, found.fix.edits).pipeline
}

describe('the examples', () => {
  test.for(['telco-churn/telco-churn', 'adult-income/adult-income'])(
    '%s is in canonical form and clean',
    (name) => {
      const text = textOf(`${name}.pipeline.json`)
      const pipeline = parsePipeline(text)
      expect(formatPipeline(pipeline)).toBe(text)
      expect(checkPipeline({ pipeline, definitions, probed: new Map() }).findings).toEqual([])
    },
  )

  test('have known columns from end to end once the source was looked at', () => {
    const { findings, shapes, params } = check(telco)
    expect(findings).toEqual([])
    expect(params.size).toBe(Object.keys(telco.nodes).length)
    expect(shapes.get('scale')!['table']).toMatchObject({
      known: true,
      split: ['train', 'validation', 'test'],
    })
    expect(shapes.get('trees')!['model']).toMatchObject({ answers: 'classes', target: 'Churn' })
  })
})

describe('mistakes in a real pipeline are found, and mended by their fix', () => {
  test('a fitted node before the split', () => {
    const wrong = edited(
      { kind: 'remove-edge', edge: 'roles.table -> split.table' },
      { kind: 'remove-edge', edge: 'split.table -> impute.table' },
      { kind: 'remove-edge', edge: 'impute.table -> encode.table' },
      { kind: 'add-edge', edge: 'roles.table -> impute.table' },
      { kind: 'add-edge', edge: 'impute.table -> split.table' },
      { kind: 'add-edge', edge: 'split.table -> encode.table' },
    )
    expect(codes(wrong)).toEqual(['fitting-before-split at impute'])
    const mended = withFix('fitting-before-split', wrong)
    expect(codes(mended)).toEqual([])
    expect([...mended.edges].toSorted((a, b) => a.localeCompare(b))).toEqual(
      [...telco.edges].toSorted((a, b) => a.localeCompare(b)),
    )
  })

  test('no split at all', () => {
    const wrong = edited(
      { kind: 'remove-node', id: 'split' },
      { kind: 'add-edge', edge: 'roles.table -> impute.table' },
    )
    expect(codes(wrong).filter((code) => code.startsWith('not-split'))).toEqual(['not-split at impute'])
    expect(codes(withFix('not-split', wrong))).toEqual([])
  })

  test('no split where rows of its parts are asked for', () => {
    const wrong = edited(
      { kind: 'remove-node', id: 'split' },
      { kind: 'add-edge', edge: 'roles.table -> impute.table' },
    )
    const atEvaluate = check(wrong).findings.find(({ code }) => code === 'no-rows')
    expect(atEvaluate).toMatchObject({
      severity: 'error',
      message: 'The table is not split, so it has no test rows.',
      remedy: 'Put “Split” before the first step that learns from the table, or choose all rows.',
    })
    expect(codes(withFix('no-rows', wrong))).toEqual([])
    expect(codes(withFix('no-validation-rows', wrong))).toEqual([])
  })

  test('a misspelt column', () => {
    const wrong = edited({ kind: 'set-param', node: 'roles', path: ['target'], value: 'Chrun' })
    expect(codes(wrong)).toContain('unknown-column at roles')
    expect(withFix('unknown-column', wrong)).toEqual(telco)
  })

  test('text that was not encoded', () => {
    const wrong = edited(
      { kind: 'remove-edge', edge: 'encode.table -> scale.table' },
      { kind: 'add-edge', edge: 'impute.table -> scale.table' },
      { kind: 'remove-node', id: 'encode' },
    )
    expect(codes(wrong)).toEqual(['text-feature at trees'])
    expect(codes(withFix('text-feature', wrong))).toEqual([])
  })

  test('a parameter that is out of bounds', () => {
    const wrong = edited({ kind: 'set-param', node: 'split', path: ['test'], value: 20 })
    expect(check(wrong).findings).toMatchObject([
      { code: 'bad-parameter', at: { node: 'split', param: 'test' }, message: '“test” cannot be 20.' },
    ])
    expect(codes(withFix('bad-parameter', wrong))).toEqual([])
  })

  test('a model at the input of a table', () => {
    const wrong = edited(
      { kind: 'remove-edge', edge: 'scale.table -> threshold.table' },
      { kind: 'add-edge', edge: 'scale.table -> threshold.model' },
      { kind: 'remove-edge', edge: 'trees.model -> threshold.model' },
      { kind: 'add-edge', edge: 'trees.model -> threshold.table' },
    )
    expect(codes(wrong)).toEqual(['mistyped-port at threshold', 'mistyped-port at threshold'])
  })

  test('a disabled encoder lets its table through, and the learner says what it misses', () => {
    const wrong = edited({ kind: 'set-node', node: 'encode', fields: { disabled: true } })
    expect(codes(wrong)).toEqual(['text-feature at trees'])
    expect(codes(withFix('text-feature', wrong))).toEqual([])
  })
})

test('every code that a real node finds is spelt in kebab case and has a whole message and remedy', () => {
  const findings = [
    edited({ kind: 'set-param', node: 'roles', path: ['target'], value: 'Nothing' }),
    edited({ kind: 'set-param', node: 'split', path: ['by'], value: 'MonthlyCharges' }),
    edited({ kind: 'set-param', node: 'threshold', path: ['metric'], value: 'nonsense' }),
  ].flatMap((pipeline) => check(pipeline).findings)
  expect(findings.length).toBeGreaterThan(2)
  for (const { code, message, remedy } of findings) {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
    expect(message).toMatch(/^.+[.!?…]$/u)
    expect(remedy).toMatch(/^\p{Lu}.+[.?]$/u)
  }
})
