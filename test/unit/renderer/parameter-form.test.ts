import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { blankObject, blankValue } from '../../../renderer/inspector/form/blank-value.ts'
import {
  fieldsOf,
  titleOf,
  type Field,
  type FieldKind,
} from '../../../renderer/inspector/form/field-model.ts'
import { readNumber, limitsInWords } from '../../../renderer/inspector/form/number-text.ts'
import type { ParameterSchema } from '../../../renderer/inspector/form/parameter-schema.ts'
import { partsOf, readScalar, scalarText } from '../../../renderer/inspector/form/scalar-text.ts'
import { splitFields } from '../../../renderer/inspector/form/split-fields.ts'
import { summaryOf } from '../../../renderer/inspector/form/summary-of.ts'

const schemaOf = (params: unknown): ParameterSchema =>
  z.toJSONSchema(params as z.ZodType, { io: 'input' }) as ParameterSchema

describe('the form of every node in the catalogue', () => {
  it.each(nodeDefinitions.map((definition) => [definition.id, definition] as const))(
    '%s has a field for each parameter, and what a field starts from is a value of it',
    (_, definition) => {
      const params = definition.params as z.ZodObject
      const fields = fieldsOf(schemaOf(params))
      expect(fields.map(({ name }) => name)).toEqual(Object.keys(params.shape))
      const wrong = fields.flatMap((field) => {
        const { success, error } = (params.shape[field.name] as z.ZodType).safeParse(blankValue(field))
        // An empty text may be too short for a field that must be filled in: the form says so.
        const isFilled =
          success || error.issues.every(({ code }) => code === 'too_small' || code === 'invalid_format')
        return isFilled ? [] : [`${field.name}: ${error.message}`]
      })
      expect(wrong).toEqual([])
    },
  )

  it('asks for JSON nowhere', () => {
    const kinds = nodeDefinitions.flatMap((definition) =>
      fieldsOf(schemaOf(definition.params)).flatMap((field) =>
        kindsIn(field, `${definition.id} ${field.name}`),
      ),
    )
    expect(kinds.filter(({ kind }) => kind === 'json').map(({ place }) => place)).toEqual([])
  })

  it('finds a field for each kind of expectation', () => {
    const expectations = nodeDefinitions.find(({ id }) => id === 'validation.expectations')!
    const [field] = fieldsOf(schemaOf(expectations.params)) as [
      Field & { field: Extract<FieldKind, { kind: 'list' }> },
    ]
    const item = field.field.item.field as Extract<FieldKind, { kind: 'union' }>
    expect(item).toMatchObject({ kind: 'union', tag: 'expectation' })
    expect(item.alternatives.length).toBeGreaterThan(40)
    const unique = item.alternatives.find(({ value }) => value === 'expect_column_values_to_be_unique')!
    expect(unique.fields.map(({ name, field: { kind } }) => [name, kind])).toEqual([
      ['column', 'column'],
      ['mostly', 'number'],
      ['row_condition', 'expression'],
      ['severity', 'choice'],
    ])
    expect(summaryOf(field.field.item, { expectation: unique.value, column: 'id', mostly: 0.9 })).toBe(
      'Values are unique: id, for 90 % of rows',
    )
    expect(
      summaryOf(field.field.item, {
        expectation: 'expect_column_values_to_be_between',
        column: 'Survived',
        min_value: 0,
        max_value: 1.5,
        mostly: 0.95,
        severity: 'error',
      }),
    ).toBe('Values lie between: Survived, from 0 to 1.5, for 95 % of rows')
    expect(
      summaryOf(field.field.item, {
        expectation: 'expect_column_mean_to_be_between',
        column: 'age',
        max_value: 40,
        strict_max: true,
      }),
    ).toMatch(/: age, below 40$/)
  })
})

function kindsIn({ field }: Field, place: string): { kind: string; place: string }[] {
  return [
    { kind: field.kind, place },
    ...fieldsWithin(field).flatMap((each) => kindsIn(each, `${place}.${each.name}`)),
  ]
}

function fieldsWithin(field: FieldKind): readonly Field[] {
  if (field.kind === 'object') return field.fields
  if (field.kind === 'list') return [field.item]
  if (field.kind === 'record') return [field.value]
  if (field.kind === 'tuple') return field.items
  if (field.kind === 'either') return field.alternatives
  return field.kind === 'union' ? field.alternatives.flatMap(({ fields }) => fields) : []
}

describe('a form', () => {
  const fields = fieldsOf({
    properties: {
      path: { type: 'string', widget: 'file' },
      ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`open${index}`, { type: 'string' }])),
      share: { type: 'number', default: 0.5 },
    },
    required: ['path'],
  })

  it('puts parameters that may be left open behind “more” until they are set', () => {
    const names = (list: readonly Field[]): string[] => list.map(({ name }) => name)
    const { shown, more } = splitFields(fields, { open3: 'x' })
    expect(names(shown)).toEqual(['path', 'open3', 'share'])
    expect(more).toHaveLength(8)
  })

  it('puts parameters of other models than the node’s behind “more”', () => {
    const ofBoth = fieldsOf({
      properties: {
        loss: { type: 'string', answers: 'numbers' },
        trees: { type: 'integer' },
        positiveClass: { type: 'string', answers: 'classes' },
      },
    })
    const more = (answers: 'classes' | 'numbers' | null): string[] =>
      splitFields(ofBoth, {}, answers).more.map(({ name }) => name)
    expect(more('classes')).toEqual(['loss'])
    expect(more('numbers')).toEqual(['positiveClass'])
    expect(more(null)).toEqual([])
    expect(splitFields(ofBoth, { loss: 'x' }, 'classes').more).toEqual([])
  })

  it('names parameters in words', () => {
    expect(['seedOffset', 'value_set', 'most-frequent'].map(titleOf)).toEqual([
      'Seed offset',
      'Value set',
      'Most frequent',
    ])
  })

  it('starts a new object from its required fields alone', () => {
    expect(blankObject(fields)).toEqual({ path: '' })
  })
})

describe('a typed number', () => {
  const limits = { minimum: 0, maximum: 1, includesMinimum: true, includesMaximum: false }

  it('is read with spaces and a decimal comma', () => {
    expect(readNumber(' 0,25 ', { isWhole: false, limits })).toEqual({ value: 0.25 })
  })

  it('is refused with the reason', () => {
    expect(readNumber('1', { isWhole: false, limits })).toEqual({
      problem: '“1” is not at least 0 and below 1.',
    })
    expect(readNumber('0.5', { isWhole: true, limits })).toEqual({
      problem: '“0.5” is not a whole number.',
    })
    expect(readNumber('many', { isWhole: false, limits })).toEqual({ problem: '“many” is not a number.' })
    expect(limitsInWords(limits)).toBe('at least 0 and below 1')
  })
})

describe('a typed value', () => {
  it('reads as what it was written from', () => {
    const scalar = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
    fc.assert(
      fc.property(scalar, (value) => {
        const types = ['text', 'number', 'boolean'] as const
        const read = readScalar(scalarText(value, types), types)
        expect(read).toEqual({ value: Object.is(value, -0) ? 0 : value })
      }),
    )
  })

  it('is one of several in what is pasted', () => {
    expect(partsOf('Yes, No')).toEqual(['Yes', 'No'])
    expect(partsOf('a,b\nc\n')).toEqual(['a,b', 'c'])
    expect(partsOf('1\t2')).toEqual(['1', '2'])
  })
})
