import type { ExpectationOutcome, Json } from './outcome.ts'

const shownValues = 3

/** “, but 12 of 7043 values are not, such as 62, 69, 71”, or “, but it is 0”; nothing where only the report can tell. */
export function whatWasFound({ result }: ExpectationOutcome): string {
  const { unexpected_count: unexpected, element_count: all, partial_unexpected_list: list } = result
  if (typeof unexpected === 'number' && typeof all === 'number')
    return `, but ${unexpected} of ${all} values are not${examplesOf(Array.isArray(list) ? list : [])}`
  return textsOf([result['observed_value']])
    .map((observed) => `, but it is ${observed}`)
    .join('')
}

function examplesOf(values: readonly Json[]): string {
  const texts = [...new Set(textsOf(values))].slice(0, shownValues)
  return texts.length === 0 ? '' : `, such as ${texts.join(', ')}`
}

/** Of the values that a sentence can hold. */
function textsOf(values: readonly (Json | undefined)[]): string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return [`“${value}”`]
    return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
  })
}
