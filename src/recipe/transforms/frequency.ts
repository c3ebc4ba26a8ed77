import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { CategoryCounts, type Category } from '../accumulators/category-counts.ts'
import { countedBy } from '../counted-by.ts'
import { emitCodes } from '../emit-codes.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = Extract<TransformParams<'encode'>, { method: 'frequency' }>

/** The share of rows of each category, and of null; of each column in order. */
type FrequencyState = { shares: [category: Category, share: number][]; nulls: number }[]

/** A category becomes the share of the rows that have it. */
export function frequencyTransform(params: Params): Transform<FrequencyState> {
  return {
    fit: () => fitOf(params),
    emit(graph, state) {
      const names = params.columns.filter((name) => graph.isWanted(name))
      for (const [index, value] of graph.separate(names).entries()) {
        const name = names[index]!
        const { shares, nulls } = state[params.columns.indexOf(name)]!
        const ownShare = params.nulls === 'category' ? nulls : Number.NaN
        graph.put([name], emitCodes(graph, value, { codes: shares, nulls: ownShare, others: 0 }))
      }
    },
  }
}

function fitOf({ columns }: Params): Fit<FrequencyState> {
  const counts = columns.map((name) => ({ name, values: new CategoryCounts() }))
  return {
    reads: columns,
    ...countedBy(counts),
    finish: () =>
      counts.map(({ values }) => ({
        // An infinite number cannot be written down, and is as good as not seen.
        shares: values
          .sorted()
          .filter(({ category }) => typeof category === 'string' || Number.isFinite(category))
          .map(({ category, count }) => [category, count / values.rows]),
        nulls: values.nulls / values.rows,
      })),
  }
}
