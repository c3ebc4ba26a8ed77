import type { Json } from '../../../src/core/pipeline.ts'

type ScalarType = 'text' | 'number' | 'boolean'

/**
 * What a typed value is where several types are allowed: a number or true and false if it reads as one, and the text
 * itself in quotes or otherwise.
 */
export function readScalar(
  typed: string,
  types: readonly ScalarType[],
): { value: string | number | boolean } | { problem: string } {
  const text = typed.trim()
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return { value: text === 'true' }
  const number = Number(text)
  if (types.includes('number') && text !== '' && Number.isFinite(number)) return { value: number }
  if (types.includes('text')) return { value: /^"(.*)"$/s.exec(text)?.[1] ?? typed }
  return { problem: `“${text}” is not a number.` }
}

/** How a value is written so that it reads as what it is. */
export function scalarText(value: Json | undefined, types: readonly ScalarType[]): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const read = readScalar(value, types)
  return 'value' in read && read.value === value ? value : `"${value}"`
}

/** The values in pasted or typed text: one a line, or divided by commas or tabs where there is one line. */
export function partsOf(typed: string): readonly string[] {
  const lines = typed.split(/\r?\n/)
  const parts = lines.length > 1 ? lines : typed.includes('\t') ? typed.split('\t') : typed.split(',')
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
