import type { Column } from '../../core/columns.ts'
import { indicatorName } from '../../core/transforms/impute-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { CategoryCounts, compareCategories, type Category } from '../accumulators/category-counts.ts'
import { CollectedValues } from '../accumulators/collected-values.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { medianOf } from '../accumulators/quantile.ts'
import { recipeError } from '../errors.ts'
import { fittingStandIn } from '../fitting-stand-in.ts'
import type { StepGraph } from '../step-graph.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = TransformParams<'impute'>

/** What stands in within each group, and elsewhere; of each column in order. */
type GroupState = { groups: [group: Category, standIn: Category][]; others: Category }[]

/**
 * Fills in by the rows of the same group: its mean, median or most frequent value. Where a group is null, was not
 * seen or had no value, that of all rows stands in.
 */
export function imputeByGroupTransform(params: Params & { by: string }): Transform<GroupState> {
  return {
    fit: (columns) => fitOf(params, columns),
    emit(graph, state) {
      const [group] = graph.separate([params.by])
      for (const [index, name] of params.columns.entries()) {
        const indicator = indicatorName(name)
        const wantsIndicator = params.indicator && graph.isWanted(indicator)
        if (!graph.isWanted(name) && !wantsIndicator) continue
        const [value] = graph.separate([name])
        const isMissing = missing(graph.builder, value!)
        const standIn = emitStandIns(graph, { group: group!, value: value!, state: state[index]! })
        graph.put([name], graph.builder.node('Where', [isMissing, standIn, value!]))
        if (wantsIndicator)
          graph.put([indicator], graph.builder.node('Cast', [isMissing], { to: { i: elementCodes.float64 } }))
      }
    },
  }
}

function missing(builder: GraphBuilder, value: Value): Value {
  return builder.typeOf(value).type === 'string'
    ? builder.node('Equal', [value, builder.constant(tensor('string', [1], ['']))])
    : builder.node('IsNaN', [value])
}

function emitStandIns(
  { builder }: StepGraph,
  { group, value, state }: { group: Value; value: Value; state: GroupState[number] },
): Value {
  const groups = state.groups.map(([each]) => each)
  const standIns = state.groups.map(([, standIn]) => standIn)
  if (groups.length === 0) return builder.constant(valuesTensor(builder.typeOf(value).type, [state.others]))
  const chosen = builder.node('ml.LabelEncoder', [group], {
    keys_tensor: { t: valuesTensor(builder.typeOf(group).type, groups, [groups.length]) },
    values_tensor: { t: valuesTensor(builder.typeOf(value).type, standIns, [groups.length]) },
    default_tensor: { t: valuesTensor(builder.typeOf(value).type, [state.others], [1]) },
  })
  return builder.declare(chosen, { type: builder.typeOf(value).type, width: 1 })
}

function valuesTensor(type: string, values: readonly Category[], dims: readonly number[] = [1, 1]) {
  return type === 'string'
    ? tensor('string', dims, values.map(String))
    : tensor('float64', dims, values.map(Number))
}

/** Learns what stands in for some values of one column. */
interface StandIn {
  add(value: Category): void
  /** Undefined where no value came. */
  finish(): Category | undefined
}

function fitOf(params: Params & { by: string }, columns: readonly Column[]): Fit<GroupState> {
  const fits = params.columns.map((name) => ({
    name,
    type: columns.find((column) => column.name === name)!.type,
    all: standInOf(params),
    groups: new Map<Category, StandIn>(),
  }))
  return {
    reads: [...params.columns, params.by],
    add(chunk) {
      const groups = chunk.columns[params.by]!
      for (const { name, all, groups: byGroup } of fits)
        for (const [index, value] of chunk.columns[name]!.entries()) {
          if (value === '' || value !== value) continue
          if (value === Infinity || value === -Infinity) throw recipeError('infinite-value', { column: name })
          all.add(value)
          const group = groups[index]!
          if (group === '' || group !== group) continue
          let own = byGroup.get(group)
          if (!own) byGroup.set(group, (own = standInOf(params)))
          own.add(value)
        }
    },
    finish: () =>
      fits.map(({ name, type, all, groups }) => {
        const others = all.finish()
        if (others === undefined) throw recipeError('no-values', { column: name })
        const standIns = [...groups]
          .sort(([a], [b]) => compareCategories(a, b))
          .filter(([group]) => typeof group === 'string' || Number.isFinite(group))
          .map(([group, own]): [Category, Category] => [group, standInFor(own.finish()!, { name, type })])
        return { groups: standIns, others: standInFor(others, { name, type }) }
      }),
  }
}

const standInFor = (value: Category, column: Pick<Column, 'name' | 'type'>): Category =>
  typeof value === 'string' ? value : fittingStandIn(value, column)

function standInOf({ strategy }: Params): StandIn {
  switch (strategy) {
    case 'mean': {
      const moments = new MomentsAccumulator()
      let count = 0
      return {
        add: (value) => {
          count++
          moments.add(Number(value))
        },
        finish: () => (count === 0 ? undefined : moments.finish().mean),
      }
    }
    case 'median': {
      const values = new CollectedValues()
      return {
        add: (value) => values.add(Number(value)),
        finish: () => (values.all().length === 0 ? undefined : medianOf(values.all())),
      }
    }
    case 'most-frequent':
    case 'constant': {
      const counts = new CategoryCounts()
      return { add: (value) => counts.add(value), finish: () => counts.mostFrequent() }
    }
  }
}
