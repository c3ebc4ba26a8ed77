import type { Limits } from './field-model.ts'

/** What a typed number is: a value, nothing, or why it is none. */
export type ReadNumber = { value: number | null } | { problem: string }

/** Reads a number as an analyst types it: spaces around it and a decimal comma are understood. */
export function readNumber(
  text: string,
  { isWhole, limits }: { isWhole: boolean; limits: Limits },
): ReadNumber {
  const plain = text.trim().replace(/^([+-]?\d*),(\d+)$/, '$1.$2')
  if (plain === '') return { value: null }
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)
  const value = isNumber ? Number(plain) : Number.NaN
  if (!Number.isFinite(value)) return { problem: `“${text.trim()}” is not a number.` }
  if (isWhole && !Number.isSafeInteger(value)) return { problem: `“${text.trim()}” is not a whole number.` }
  return within(value, limits) ? { value } : { problem: `“${text.trim()}” is not ${limitsInWords(limits)}.` }
}

function within(value: number, { minimum, maximum, includesMinimum, includesMaximum }: Limits): boolean {
  const isAbove = minimum === null || (includesMinimum ? value >= minimum : value > minimum)
  const isBelow = maximum === null || (includesMaximum ? value <= maximum : value < maximum)
  return isAbove && isBelow
}

/** “at least 0 and below 1”; '' without limits. */
export function limitsInWords({ minimum, maximum, includesMinimum, includesMaximum }: Limits): string {
  const lower = minimum === null ? [] : [`${includesMinimum ? 'at least' : 'above'} ${minimum}`]
  const upper = maximum === null ? [] : [`${includesMaximum ? 'at most' : 'below'} ${maximum}`]
  return [...lower, ...upper].join(' and ')
}
