import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { schemaNode } from '../../../nodes/validation/schema/definition.ts'
import { run as checkSchema } from '../../../nodes/validation/schema/run.ts'
import { customersCsv } from '../../../nodes/example-tables.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const csv = `shop,day,visitors,sales,open
Jena,2026-01-01,10,1.5,true
Gera,2026-01-02,,2.5,true
Jena,2026-01-03,30,3.5,false
`

let context: TestContext
let table: Artifact<'table'>
beforeAll(async () => {
  context = await createTestContext({ failures: schemaNode.failures })
  table = await exampleTable(context, { csv })
})
afterAll(() => context.dispose())

interface Content {
  success: boolean
  errors: { type: string; fields: string[]; note: string }[]
  inferred: { fields: { name: string; type: string; constraints: object }[]; primaryKey?: string }
}

async function contentOf(given: Record<string, unknown>, input = table): Promise<Content> {
  const params = schemaNode.params.parse({ severity: 'warning', ...given })
  const { report } = await checkSchema({ table: input }, params, context)
  return report.data.content as unknown as Content
}

const errorsOf = async (schema: unknown) =>
  (await contentOf({ schema, infer: false })).errors.map(({ type, fields, note }) => [
    type,
    fields.join(),
    note,
  ])

const fieldsNamed = (...names: string[]) => names.map((name) => ({ name }))

describe('the fields of a schema', () => {
  it.each([
    ['exact', ['shop', 'day', 'sales', 'visitors', 'open'], [['incorrect-label', 'sales']]],
    ['equal', ['open', 'day', 'sales', 'visitors', 'shop'], []],
    [
      'equal',
      ['open', 'day', 'sales', 'town', 'shop'],
      [
        ['missing-label', 'town'],
        ['extra-label', 'visitors'],
      ],
    ],
    ['subset', ['shop'], []],
    ['subset', ['shop', 'town'], [['missing-label', 'town']]],
    ['superset', ['shop', 'day', 'sales', 'visitors', 'open', 'town'], []],
    ['superset', ['shop', 'day', 'sales', 'visitors'], [['extra-label', 'open']]],
    ['partial', ['shop', 'town'], []],
    ['partial', ['town'], [['missing-label', 'town']]],
  ])('match the columns: %s %s', async (fieldsMatch, names, expected) => {
    const errors = await errorsOf({ fields: fieldsNamed(...names), fieldsMatch })
    expect(errors.map(([type, field]) => [type, field])).toEqual(expected)
  })

  it('take whole numbers for numbers, but no numbers for texts', async () => {
    const fields = [
      { name: 'visitors', type: 'number' },
      { name: 'sales', type: 'string', constraints: { minLength: 99 } },
    ]
    expect(await errorsOf({ fields, fieldsMatch: 'subset' })).toEqual([
      ['type-error', 'sales', '“sales” is a number column, not string.'],
    ])
  })
})

describe('a constraint', () => {
  it.each([
    ['visitors', { required: true }, ', but 1 of 3 values are not.'],
    ['shop', { unique: true }, ', but 2 of 3 values are not, such as “Jena”.'],
    ['sales', { minimum: 2.5 }, ', but 1 of 3 values are not, such as 1.5.'],
    ['sales', { exclusiveMaximum: 3.5 }, ', but 1 of 3 values are not, such as 3.5.'],
    ['day', { maximum: '2026-01-02' }, ', but 1 of 3 values are not, such as “2026-01-03”.'],
    ['shop', { pattern: '[A-J]en' }, ', but 3 of 3 values are not, such as “Jena”, “Gera”.'],
    ['shop', { enum: ['Jena'] }, ', but 1 of 3 values are not, such as “Gera”.'],
    ['shop', { maxLength: 3 }, ', but 3 of 3 values are not, such as “Jena”, “Gera”.'],
  ])('of “%s” is held against every row: %o', async (name, constraints, found) => {
    const [error, ...others] = await errorsOf({ fields: [{ name, constraints }], fieldsMatch: 'subset' })
    expect(others).toEqual([])
    expect(error![2]).toBe(`“${Object.keys(constraints)[0]!}” of “${name}” should hold${found}`)
  })

  it('of a key is about its columns together', async () => {
    const fields = fieldsNamed('shop', 'day', 'open', 'visitors')
    const schema = {
      fields,
      fieldsMatch: 'subset',
      primaryKey: ['shop', 'day'],
      uniqueKeys: [['shop', 'open']],
    }
    expect(await errorsOf(schema)).toEqual([])
    const errors = await errorsOf({ ...schema, primaryKey: ['visitors'], uniqueKeys: [['shop']] })
    expect(errors.map(([type, field]) => [type, field])).toEqual([
      ['primary-key', 'visitors'],
      ['unique-error', 'shop'],
    ])
  })
})

describe('an inferred schema', () => {
  it('says what is known of each column', async () => {
    const customers = await exampleTable(context, { csv: customersCsv(), roles: { customer: 'id' } })
    const { inferred } = await contentOf({}, customers)
    expect(inferred.primaryKey).toBe('customer')
    expect(inferred.fields.slice(0, 3)).toEqual([
      {
        name: 'customer',
        type: 'string',
        constraints: { required: true, unique: true, minLength: 4, maxLength: 4 },
      },
      { name: 'plan', type: 'string', constraints: { required: true, enum: ['basic', 'family', 'plus'] } },
      { name: 'months', type: 'integer', constraints: { required: true, minimum: 0, maximum: 47 } },
    ])
  })

  it('fits the table that it was inferred from', async () => {
    const { inferred } = await contentOf({})
    expect(inferred.primaryKey).toBe('day')
    expect(await contentOf({ schema: inferred })).toMatchObject({ success: true, errors: [] })
  })

  it('bounds nothing in a table without rows', async () => {
    const { inferred } = await contentOf({}, await exampleTable(context, { csv: 'shop,sales\n' }))
    expect(inferred.fields.map(({ constraints }) => constraints)).toEqual([{}, {}])
  })
})

describe('a key', () => {
  it('that names no field of the schema is refused before the run', () => {
    const params = schemaNode.params.parse({ schema: { fields: [{ name: 'shop' }], primaryKey: 'town' } })
    const columns = table.data.columns
    const { findings } = schemaNode.propagate({
      inputs: { table: { kind: 'table', columns, split: null, known: true } },
      params,
      node: 'schema',
      feeds: {},
      freeNodeId: (wish) => wish,
      probed: null,
    })
    expect(findings![0]).toMatchObject({ severity: 'error', param: 'schema.primaryKey' })
  })
})
