import type { Column } from '../../core/columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { tensor } from '../../onnx/tensor.ts'
import { CrossMomentsAccumulator, type CrossMoments } from '../accumulators/cross-moments.ts'
import {
  chiSquared,
  regressionRatio,
  sharedInformation,
  varianceRatio,
  type FeatureScore,
} from '../accumulators/feature-scores.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { RangeAccumulator } from '../accumulators/range.ts'
import { recipeError } from '../errors.ts'
import { flatRows } from '../flat-rows.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = TransformParams<'select-features'>
type ByScore = Extract<Params, { target: string }>

/** Which of all numbers of the columns, side by side, are kept, and what they are called. */
type SelectionState = { kept: number[]; names: string[] }

/** What selects learns which of the features are kept, by their places; in ascending order. */
interface Choice {
  reads: readonly string[]
  add: Fit<never>['add']
  kept(): number[]
}

/** One number of one column. */
interface Feature {
  column: string
  name: string
  element: number
  width: number
}

const mostFeatures = 10_000

/** Keeps the numbers of some columns that pass; a number that is missing is passed over where it alone counts. */
export function selectFeaturesTransform(params: Params): Transform<SelectionState> {
  return {
    fit: (columns) => fitOf(params, columns),
    elementsOf: (_column, { names }) => names,
    emit(graph, { kept }) {
      const all = graph.matrix(params.columns, 'float64')
      const places = graph.builder.constant(tensor('int64', [kept.length], kept))
      graph.put([params.name], graph.builder.node('Gather', [all, places], { axis: { i: 1 } }), [kept.length])
    },
  }
}

function fitOf(params: Params, columns: readonly Column[]): Fit<SelectionState> {
  const chosen = columns.filter(({ name }) => params.columns.includes(name))
  const features = chosen.flatMap(featuresOfColumn)
  if (features.length > mostFeatures)
    throw recipeError('too-many-features', { count: features.length, limit: mostFeatures })
  const choice = choiceOf(params, features, columns)
  return {
    reads: choice.reads,
    add: choice.add,
    finish() {
      const kept = choice.kept()
      if (kept.length === 0) throw recipeError('nothing-selected')
      return { kept, names: kept.map((place) => features[place]!.name) }
    },
  }
}

function featuresOfColumn({ name, elements }: Column): Feature[] {
  if (!elements) return [{ column: name, name, element: 0, width: 1 }]
  return elements.map((each, element) => ({ column: name, name: each, element, width: elements.length }))
}

function choiceOf(params: Params, features: readonly Feature[], columns: readonly Column[]): Choice {
  switch (params.method) {
    case 'variance':
      return byVariance(params, features)
    case 'correlation':
      return byCorrelation(params, features)
    case 'f-test':
    case 'chi-squared':
    case 'mutual-information': {
      const type = columns.find(({ name }) => name === params.target)!.type
      return byScore(params, features, { hasClasses: type === 'text' || type === 'boolean' })
    }
  }
}

function byVariance(
  { columns, threshold }: { columns: string[]; threshold: number },
  features: readonly Feature[],
): Choice {
  const found = features.map(() => ({ moments: new MomentsAccumulator(), range: new RangeAccumulator() }))
  return {
    reads: columns,
    add(chunk) {
      for (const [place, feature] of features.entries())
        for (const value of valuesOf(chunk, feature)) {
          if (Number.isNaN(value)) continue
          found[place]!.moments.add(value)
          found[place]!.range.add(value)
        }
    },
    kept: () =>
      placesWhere(found, ({ moments, range }) => {
        const { count, squares } = moments.finish()
        const { min, max } = range.finish()
        // Equal numbers have no variance, whatever rounding says.
        return count > 0 && min !== max && squares / count > threshold
      }),
  }
}

function byCorrelation(
  { columns, threshold }: { columns: string[]; threshold: number },
  features: readonly Feature[],
): Choice {
  const moments = new CrossMomentsAccumulator(features.length)
  const widths = [...Map.groupBy(features, ({ column }) => column)].map(([name, { length }]) => ({
    name,
    width: length,
  }))
  return {
    reads: columns,
    add(chunk) {
      for (const row of flatRows(chunk, widths, refuseInfinite)) moments.add(row)
    },
    kept() {
      const total = moments.finish()
      if (total.count < 2) throw recipeError('no-whole-rows')
      const kept: number[] = []
      for (const place of features.keys())
        if (kept.every((other) => correlation(total, place, other) <= threshold)) kept.push(place)
      return kept
    },
  }
}

/** Without its sign; 0 for a feature that is the same in every row. */
function correlation({ products, means: { length } }: CrossMoments, a: number, b: number): number {
  const spread = Math.sqrt(products[a * length + a]! * products[b * length + b]!)
  return spread === 0 ? 0 : Math.abs(products[a * length + b]!) / spread
}

function byScore(
  params: ByScore,
  features: readonly Feature[],
  { hasClasses }: { hasClasses: boolean },
): Choice {
  const { columns, target, keep, threshold } = params
  const scores = features.map(() => scoreOf(params.method, hasClasses))
  return {
    reads: [...columns, target],
    add(chunk) {
      const answers = chunk.columns[target]!
      for (const [place, feature] of features.entries()) {
        let row = 0
        for (const value of valuesOf(chunk, feature)) {
          const answer = answers[row++]!
          if (Number.isNaN(value) || answer === '' || answer !== answer) continue
          if (params.method === 'chi-squared' && value < 0)
            throw recipeError('negative-value', { column: feature.name })
          scores[place]!.add(value, answer)
        }
      }
    },
    kept() {
      const ranked = scores
        .map((score, place) => ({ place, score: score.finish() }))
        .filter(({ score }) => !Number.isNaN(score) && score >= (threshold ?? -Infinity))
        .sort((a, b) => (a.score === b.score ? a.place - b.place : b.score - a.score))
      return ranked
        .slice(0, keep ?? ranked.length)
        .map(({ place }) => place)
        .sort((a, b) => a - b)
    },
  }
}

function scoreOf(method: ByScore['method'], hasClasses: boolean): FeatureScore {
  switch (method) {
    case 'f-test':
      return hasClasses ? varianceRatio() : regressionRatio()
    case 'chi-squared':
      return chiSquared()
    case 'mutual-information':
      return sharedInformation()
  }
}

function* valuesOf(
  chunk: Parameters<Choice['add']>[0],
  { column, element, width }: Feature,
): Iterable<number> {
  const values = chunk.columns[column] as Float64Array
  for (let at = element; at < values.length; at += width) {
    const value = values[at]!
    if (value === Infinity || value === -Infinity) refuseInfinite(column)
    yield value
  }
}

function refuseInfinite(column: string): never {
  throw recipeError('infinite-value', { column })
}

function placesWhere<Item>(items: readonly Item[], test: (item: Item) => boolean): number[] {
  return items.flatMap((item, place) => (test(item) ? [place] : []))
}
