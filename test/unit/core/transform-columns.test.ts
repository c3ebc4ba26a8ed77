import { describe, expect, it } from 'vitest'
import type { Column, ColumnType, Role } from '../../../src/core/columns.ts'
import { epochOfDate } from '../../../src/core/epoch-of-date.ts'
import { transformColumns } from '../../../src/core/transforms/transform-columns.ts'
import { transformParams, type TransformStep } from '../../../src/core/transforms/transform-step.ts'

const column = (name: string, type: ColumnType, role: Role = 'feature'): Column => ({
  name,
  type,
  role,
  origin: 'start',
})
const columns = [
  column('age', 'integer'),
  column('plan', 'text'),
  column('isNew', 'boolean'),
  column('since', 'date'),
  column('churn', 'text', 'target'),
]

function after(transform: TransformStep['transform'], params: object) {
  const step = { transform, params: transformParams[transform].parse(params) } as TransformStep
  return transformColumns({ columns }, step)
}

const typesOf = (outcome: { columns: readonly Column[] }) =>
  Object.fromEntries(outcome.columns.map(({ name, type }) => [name, type]))

describe('the columns of a transform', () => {
  it('take the place of those of the same name, with their roles', () => {
    const { columns: found, made } = after('encode', { method: 'one-hot', columns: ['plan'] })
    expect(found.map(({ name }) => name)).toEqual(['age', 'plan', 'isNew', 'since', 'churn'])
    expect(found[1]).toEqual({ name: 'plan', type: 'vector', role: 'feature', origin: 'recipe' })
    expect(made).toEqual([{ column: found[1], from: ['plan'] }])
  })

  it('follow the others where they are new', () => {
    const { columns: found } = after('impute', {
      columns: ['age', 'plan'],
      strategy: 'most-frequent',
      indicator: true,
    })
    expect(found.map(({ name }) => name).slice(5)).toEqual(['age_missing', 'plan_missing'])
  })

  it('are numbers where a mean or median need not be whole', () => {
    const type = (strategy: string) =>
      typesOf(after('impute', { columns: ['age'], strategy, value: 1 }))['age']
    expect(['mean', 'median', 'most-frequent', 'constant'].map(type)).toEqual([
      'number',
      'number',
      'integer',
      'integer',
    ])
  })

  it('keep the type of a date whatever stands in for it', () => {
    expect(typesOf(after('impute', { columns: ['since'], strategy: 'mean' }))['since']).toBe('date')
  })

  it('have the type of the expression, and name what it reads', () => {
    const { made } = after('derive', { column: 'isOld', expression: 'age > 60 and plan = "plan"' })
    expect(made).toEqual([
      {
        column: { name: 'isOld', type: 'boolean', role: 'feature', origin: 'recipe' },
        from: ['age', 'plan'],
      },
    ])
  })
})

describe('a transform that cannot be applied', () => {
  it.each([
    ['scale', { method: 'standard', columns: ['age', 'pln'] }, 'unknown-column', 'columns.1'],
    ['scale', { method: 'standard', columns: ['age', 'age'] }, 'repeated-column', 'columns.1'],
    ['scale', { method: 'robust', columns: ['age'], quantiles: [75, 25] }, 'bad-value', 'quantiles'],
    ['impute', { strategy: 'mean', columns: ['isNew'] }, 'wrong-type', 'columns.0'],
    ['impute', { strategy: 'constant', columns: ['since'], value: 'today' }, 'bad-value', 'columns.0'],
    ['encode', { method: 'ordinal', columns: ['churn'] }, 'wrong-role', 'columns.0'],
    ['encode', { method: 'ordinal', columns: ['age'], orders: [['1']] }, 'bad-value', 'columns.0'],
    ['cast', { columns: ['plan'], to: 'number' }, 'wrong-type', 'columns.0'],
    ['derive', { column: 'x', expression: 'age +' }, 'bad-expression', 'expression'],
  ] as const)('says what is wrong and where: %s %o', (transform, params, code, param) => {
    const { problems } = after(transform, params)
    expect(problems).toEqual([
      { code, param, message: expect.stringMatching(/\.$/), remedy: expect.stringMatching(/[.?]$/) },
    ])
  })

  it('suggests the name that was probably meant', () => {
    const { problems } = after('scale', { method: 'standard', columns: ['agee'] })
    expect(problems[0]).toMatchObject({
      message: 'There is no column “agee” here.',
      remedy: 'Did you mean “age”?',
    })
  })
})

describe('a date as text', () => {
  it.each([
    ['1970-01-01', 'date', 0],
    ['2024-02-29', 'date', Date.UTC(2024, 1, 29)],
    ['0001-01-01', 'date', Date.parse('0001-01-01T00:00:00Z')],
    ['1969-12-31T23:59:59.999Z', 'datetime', -1],
    ['2024-01-02 03:04', 'datetime', Date.UTC(2024, 0, 2, 3, 4)],
    ['2024-01-02', 'datetime', Date.UTC(2024, 0, 2)],
  ] as const)('%s is %s', (text, type, epoch) => {
    expect(epochOfDate(text, type)).toBe(epoch)
  })

  it.each(['2023-02-29', '2024-13-01', '2024-00-10', '24-01-01', '2024-01-01T24:00', 'today', ''])(
    '%s is none',
    (text) => {
      expect(epochOfDate(text, 'datetime')).toBeUndefined()
    },
  )

  it('with a time of day is no date', () => {
    expect(epochOfDate('2024-01-01T00:00', 'date')).toBeUndefined()
  })
})
