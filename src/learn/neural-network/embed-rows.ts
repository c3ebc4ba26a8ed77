import { viewOf, type NetworkShape } from './network-shape.ts'

/** The row of a table that a code stands for; what is no known code has the last one. */
export const placeOfCode = (code: number, codes: number): number =>
  code >= 0 && code < codes ? Math.trunc(code) : codes

/**
 * Writes a row of features as the first layer takes it: first those that are not embedded, then the numbers of the codes.
 * `row` holds places in the tables where features are embedded.
 */
export function embedRow(
  row: Float32Array,
  into: Float32Array,
  { shape, weights }: { shape: NetworkShape; weights: Float32Array },
): void {
  let at = 0
  for (const [feature, value] of row.entries())
    if (!shape.embeddings.some((embedding) => embedding.feature === feature)) into[at++] = value
  for (const { feature, table } of shape.embeddings) {
    const first = table.at + row[feature]! * table.columns
    into.set(weights.subarray(first, first + table.columns), at)
    at += table.columns
  }
}

/** Adds the derivatives by the inputs of a row to those by the numbers that were looked up. */
export function scatterRow(
  row: Float32Array,
  byInputs: Float32Array,
  { shape, derivatives }: { shape: NetworkShape; derivatives: Float32Array },
): void {
  let at = shape.features - shape.embeddings.length
  for (const { feature, table } of shape.embeddings) {
    const own = viewOf(derivatives, table)
    const first = row[feature]! * table.columns
    for (let column = 0; column < table.columns; column++, at++)
      own[first + column] = own[first + column]! + byInputs[at]!
  }
}
