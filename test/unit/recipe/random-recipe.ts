import * as fc from 'fast-check'
import { isNumeric, type Column } from '../../../src/core/columns.ts'
import { dateParts } from '../../../src/core/transforms/date-parts-params.ts'
import { transformColumns } from '../../../src/core/transforms/transform-columns.ts'
import { transformParams, type TransformStep } from '../../../src/core/transforms/transform-step.ts'
import type { StepToAppend } from '../../../src/recipe/append-step.ts'
import type { SmallColumn } from './small-table.ts'

/** A table of every type, with nulls, and a few steps that can be applied to it. */
export interface RandomRecipe {
  columns: Record<string, SmallColumn>
  rows: number
  steps: StepToAppend[]
}

const types = ['number', 'integer', 'boolean', 'text', 'date', 'datetime'] as const
const words = ['', 'a', 'b', 'one year', 'Über', '\u{1f600}', '\ufb01n', 'B', "it's", ' ']

export function randomRecipe({ mostRows }: { mostRows: number }): fc.Arbitrary<RandomRecipe> {
  return fc
    .record({
      seed: fc.nat(),
      rows: fc.integer({ min: 1, max: mostRows }),
      types: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 6 }),
      picks: fc.array(fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 7 }),
    })
    .map(({ seed, rows, types, picks }) => {
      const random = generator(seed)
      const columns = types.map((type, index): [string, SmallColumn] => [
        `${type} ${index}`,
        { type, values: valuesOf(type, { rows, random }) },
      ])
      return { columns: Object.fromEntries(columns), rows, steps: stepsOf(columns, picks) }
    })
}

function generator(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/** The first value is there, so that every column has something to learn from. */
function valuesOf(
  type: SmallColumn['type'],
  { rows, random }: { rows: number; random: () => number },
): (number | string | null)[] {
  return Array.from({ length: rows }, (_, row) => {
    if (row > 0 && random() < 0.2) return null
    switch (type) {
      case 'text':
        return words[row === 0 ? 1 : Math.floor(random() ** 2 * words.length)]!
      case 'boolean':
        return Number(random() < 0.4)
      case 'number':
        return random() < 0.3 ? Math.floor(random() * 4) : (random() - 0.5) * 10 ** (random() * 8 - 3)
      case 'integer':
        return Math.floor((random() - 0.5) * 12)
      case 'date':
        return Math.floor(random() * 20_000) * 86_400_000
      case 'datetime':
        return Math.floor(random() * 1.7e12)
    }
  })
}

/** Each list of numbers picks a transform, its options and its columns among those it can be applied to. */
function stepsOf(start: [string, SmallColumn][], picks: readonly number[][]): StepToAppend[] {
  let columns: readonly Column[] = start.map(([name, { type }]) => ({
    name,
    type,
    role: 'feature',
    origin: 'start',
  }))
  const steps: StepToAppend[] = []
  for (const [index, pick] of picks.entries()) {
    const step = stepOf(columns, pick, `derived ${index}`)
    if (!step) continue
    const outcome = transformColumns({ columns }, step)
    if (outcome.problems.length > 0) continue
    columns = outcome.columns
    steps.push({ ...step, node: `node ${index}` })
  }
  return steps
}

function stepOf(
  columns: readonly Column[],
  pick: readonly number[],
  name: string,
): TransformStep | undefined {
  const [kind = 0, some = 0, first = 0, second = 0, third = 0, fourth = 0] = pick
  const fitting = (fits: (column: Column) => boolean): string[] =>
    columns
      .filter((column, index) => fits(column) && ((some >> index) & 1) === 0)
      .map((column) => column.name)
  const choose = <Item>(items: readonly Item[], at: number): Item => items[at % items.length]!
  const numbers = fitting(({ type }) => isNumeric(type))
  const plain = fitting(({ type }) => type === 'number' || type === 'integer')
  const params = ((): [TransformStep['transform'], object] | undefined => {
    switch (kind % 16) {
      case 0:
        return [
          'impute',
          {
            columns: fitting(({ type }) => type !== 'vector'),
            strategy: 'most-frequent',
            indicator: first % 2 === 0,
          },
        ]
      case 1: {
        const group = columns.find(({ type }) => type === 'text')?.name
        const inexact = fitting(({ type }) => isNumeric(type) && type !== 'boolean')
        return [
          'impute',
          {
            columns: inexact,
            strategy: choose(['mean', 'median'], first),
            indicator: second % 3 === 0,
            ...(third % 2 === 0 && group !== undefined && { by: group }),
          },
        ]
      }
      case 2:
        return [
          'scale',
          {
            columns: numbers,
            method: choose(['standard', 'min-max', 'robust', 'quantile', 'yeo-johnson'], first),
            ...(first % 5 === 3 && { output: choose(['uniform', 'normal'], second), count: 7 }),
          },
        ]
      case 3: {
        const method = choose(['one-hot', 'one-hot', 'ordinal', 'frequency', 'binary', 'hashing'], first)
        const others = { nulls: choose(['category', 'ignore'], second) }
        if (method === 'hashing') {
          const texts = fitting(({ type }) => type === 'text')
          return ['encode', { method, columns: texts, buckets: choose([2, 5], second) }]
        }
        if (method === 'frequency' || method === 'binary')
          return ['encode', { method, columns: fitting(({ type }) => type !== 'vector'), ...others }]
        const oneHot = {
          minCount: choose([1, 2, 4], second),
          maxCategories: choose([2, 4, 100], third),
          unknown: choose(['rare', 'ignore'], fourth),
          nulls: choose(['category', 'category', 'ignore'], fourth),
          drop: choose(['none', 'first', 'if-binary'], second + third),
        }
        const ordinal = { unknown: choose(['null', 'minus-one'], second) }
        const columns = fitting(({ type }) => type !== 'vector')
        return ['encode', { method, columns, ...(method === 'one-hot' ? oneHot : ordinal) }]
      }
      case 4:
        return [
          'cast',
          {
            columns: fitting(({ type }) => type === 'boolean' || type === 'integer'),
            to: choose(['text', 'number'], first),
          },
        ]
      case 5:
        return choose(
          [
            ['clip', { columns: plain, method: 'quantiles', quantiles: [choose([0, 10], second), 90] }],
            ['clip', { columns: plain, method: 'bounds', lower: choose([null, -1], third), upper: 2.5 }],
          ],
          first,
        )
      case 6: {
        const method = choose(['log', 'log1p', 'signed'], first)
        return ['log', { columns: plain, method, base: choose(['e', '2', '10'], second) }]
      }
      case 7: {
        const chosen = { columns: plain, output: choose(['ordinal', 'one-hot'], third) }
        const edges = { method: 'edges', edges: [-1, 0, 2.5], ...chosen }
        const learned = {
          method: choose(['equal-width', 'equal-count'], first),
          bins: choose([2, 5], second),
        }
        return ['bin', choose([edges, { ...learned, ...chosen }], fourth)]
      }
      case 10:
        return [
          'polynomial',
          { columns: plain, degree: choose([2, 3], first), interactionsOnly: second % 2 === 0, name },
        ]
      case 11: {
        const numeric = fitting(({ type }) => isNumeric(type) || type === 'vector')
        return [
          'pca',
          { columns: numeric, components: choose([1, 2, 0.9], first), name, keep: second % 2 === 0 },
        ]
      }
      case 12:
        return [
          'text-features',
          {
            columns: fitting(({ type }) => type === 'text'),
            words: choose(
              [
                [1, 1],
                [1, 2],
                [2, 2],
              ],
              first,
            ),
            weights: choose(['tf-idf', 'count', 'presence'], second),
            maximumTerms: choose([3, 100], third),
            minimumRows: 1,
          },
        ]
      case 13: {
        const numeric = fitting(({ type }) => type === 'number' || type === 'integer' || type === 'vector')
        const method = choose(['variance', 'correlation'], first)
        return ['select-features', { columns: numeric, method, threshold: choose([0, 0.5], second), name }]
      }
      case 14: {
        const texts = fitting(({ type }) => type === 'text')
        const letters = choose(['keep', 'lower', 'upper'], first)
        return ['text-clean', { columns: texts, letters, missing: ['a', ' '], replace: { B: 'b', A: '' } }]
      }
      case 15: {
        const compared = plain.slice(0, 6)
        const fill = compared.slice(0, 1 + (first % 3))
        const weights = choose(['uniform', 'distance'], second)
        const indicator = fourth % 3 === 0
        return [
          'impute-nearest',
          { columns: compared, fill, neighbours: 1 + (third % 4), weights, indicator },
        ]
      }
      case 8: {
        const dates = fitting(({ type }) => type === 'date' || type === 'datetime')
        const parts = dateParts.filter((_, index) => ((first >> index) & 1) === 0)
        const rest = { since: '2001-02-03', keep: choose([true, false], third) }
        return ['date-parts', { columns: dates, parts, cyclical: choose([true, false], second), ...rest }]
      }
      default: {
        const number = numbers[first % Math.max(1, numbers.length)]
        const expression = choose(
          [
            'log(abs("?") + 1)',
            'exp("?" / 1e13)',
            '"?" * 2 - 1',
            "if(\"?\" > 2, 'many', 'few')",
            'sqrt(abs("?")) ^ 1.5',
          ],
          second,
        )
        return number === undefined
          ? undefined
          : ['derive', { column: name, expression: expression.replaceAll('?', number) }]
      }
    }
  })()
  if (!params) return undefined
  const parsed = transformParams[params[0]].safeParse(params[1])
  return parsed.success ? ({ transform: params[0], params: parsed.data } as TransformStep) : undefined
}
