import type { LearningPart, LearningTable } from '../learner.ts'
import type { FeatureMoments } from '../linear-design/feature-moments.ts'
import { placeOfCode } from './embed-rows.ts'
import { unusableValues } from '../unusable-values.ts'
import type { NetworkModel } from './network-model.ts'

/** How features and target come to lie around 0 with a spread of about 1. */
export interface Standardization {
  means: Float32Array
  factors: Float32Array
  /** Of embedded features: how many codes they have. */
  codes: ReadonlyMap<number, number>
  target: NetworkModel['target']
}

export function standardizationOf(
  table: LearningTable,
  { moments, codes }: { moments: FeatureMoments; codes: ReadonlyMap<number, number> },
): Standardization {
  return {
    codes,
    means: Float32Array.from(moments.means),
    factors: Float32Array.from(moments.deviations, (deviation) => (deviation > 0 ? 1 / deviation : 0)),
    target: targetOf(table),
  }
}

function targetOf({ target, weights }: LearningTable): NetworkModel['target'] {
  if (target.task !== 'regression') return { mean: 0, deviation: 1 }
  let [total, mean, squares] = [0, 0, 0]
  for (const [row, value] of target.values.train.entries()) {
    const weight = weights ? weights.train[row]! : 1
    if (weight === 0) continue
    total += weight
    const distance = value - mean
    mean += (distance * weight) / total
    squares += weight * distance * (value - mean)
  }
  return { mean, deviation: Math.sqrt(squares / total) || 1 }
}

/**
 * Fills an array with the standardized rows of a part, in float32 as the graph of the model computes them; embedded features
 * with places in their tables.
 */
export async function loadRows(
  table: LearningTable,
  options: {
    part: LearningPart
    into: Float32Array
    standardization: Standardization
    turn: () => Promise<void> | undefined
  },
): Promise<void> {
  const { part, into, standardization, turn } = options
  const { means, factors, codes } = standardization
  const width = table.features.length
  /** 0 where a feature is not embedded. */
  const codesOf = Float64Array.from({ length: width }, (_, feature) => codes.get(feature) ?? 0)
  const unusable = unusableValues(table, part)
  let at = 0
  for await (const chunk of table.chunks(part)) {
    unusable.count(chunk)
    for (let row = 0; row < chunk.rows; row++)
      for (let feature = 0; feature < width; feature++, at++) {
        const value = chunk.data[row * width + feature]!
        const known = codesOf[feature]!
        into[at] =
          known === 0 ? Math.fround(value - means[feature]!) * factors[feature]! : placeOfCode(value, known)
      }
    await turn()
  }
  if (at !== into.length) throw new RangeError(`${at / width} ${part} rows came, not ${table.rows[part]}`)
  unusable.refuse()
}

/** Fills an array with the answers that the last layer is to give for the rows of a part, one a row and output. */
export function loadTargets(
  { target }: LearningTable,
  {
    part,
    into,
    standardization,
  }: { part: LearningPart; into: Float32Array; standardization: Standardization },
): void {
  if (target.task === 'regression') {
    const { mean, deviation } = standardization.target
    for (const [row, value] of target.values[part].entries()) into[row] = (value - mean) / deviation
    return
  }
  const codes = target.codes[part]
  if (target.task === 'binary') into.set(codes)
  else for (const [row, code] of codes.entries()) into[row * target.classes.length + code] = 1
}
