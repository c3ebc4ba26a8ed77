import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../../src/serving/protocols/read-json.ts'

const read = (text: string): unknown => readJson(new TextEncoder().encode(text))

/** As Python writes it, by the letter. */
function pythonText(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${pythonText(each)}`)
  return `{${entries.join(', ')}}`
}
const withNull = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value + 0
  if (Array.isArray(value)) return value.map(withNull)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNull(each)]))
}

describe('JSON of a request', () => {
  it('may have the numbers that Python writes and JSON lacks, and words like them within texts', () => {
    const text = fc.string({ unit: fc.constantFrom('NaN', 'Infinity', '"', '\\', ' ', '-') })
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(NaN, Infinity, -Infinity, 1.5, null),
        text,
        fc.array(tie('value')),
        fc.dictionary(
          text.filter((key) => key !== '__proto__'),
          tie('value'),
        ),
      ),
    }))
    const failed = fc.check(
      fc.property(value, (each) => {
        expect(read(pythonText(each))).toEqual(withNull(each))
      }),
    )
    expect(failed.counterexample).toBeNull()
  })

  it('is read in one walk, however long its texts and however broken it is', () => {
    const long = 'x'.repeat(5_000_000)
    expect(read(`{"a": "${long}", "b": NaN}`)).toEqual({ a: long, b: null })
    for (const broken of [`{"a": "${long}NaN`, '"\\'.repeat(2_000_000), `${'\\'.repeat(2_000_000)}"NaN`])
      expect(() => read(broken)).toThrow(/^The body is not JSON: /)
  })

  it('is UTF-8', () => {
    expect(() => readJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(/UTF-8/)
  })
})
