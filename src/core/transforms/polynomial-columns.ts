import type { Column } from '../columns.ts'
import { madeFromEach, numberProblem, takenName, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

type Params = TransformParams<'polynomial'>

/** More would make a vector that no learner can work with. */
const mostTerms = 10_000

export function polynomialColumns(columns: readonly Column[], params: Params): MadeColumns {
  const { problems } = madeFromEach(columns, params.columns, (column) => {
    return numberProblem(column, 'only numbers can be multiplied') ?? []
  })
  if (columns.some(({ name }) => name === params.name))
    problems.push({ ...takenName(params.name, params.columns[0]!), param: 'name' })
  const count = termCount(params)
  if (count === 0 || count > mostTerms)
    problems.push({
      code: 'bad-value',
      message:
        count === 0
          ? 'One column alone has no products with others.'
          : `There would be ${count} products; the most are ${mostTerms}.`,
      remedy: count === 0 ? 'Choose more columns, or allow powers.' : 'Choose fewer columns, or degree 2.',
      param: 'columns',
    })
  const column: Column = { name: params.name, type: 'vector', role: 'feature', origin: 'recipe' }
  return { made: [{ column, from: params.columns }], problems }
}

function termCount({ columns: { length }, degree, interactionsOnly }: Params): number {
  const pairs = interactionsOnly ? (length * (length - 1)) / 2 : (length * (length + 1)) / 2
  if (degree === 2) return pairs
  const triples = interactionsOnly ? (pairs * (length - 2)) / 3 : (pairs * (length + 2)) / 3
  return pairs + triples
}

/** The columns, by index, whose product each element is: pairs before triples, as scikit-learn orders them. */
export function polynomialTerms({ columns: { length }, degree, interactionsOnly }: Params): number[][] {
  const step = Number(interactionsOnly)
  const longer = (terms: readonly number[][]): number[][] =>
    terms.flatMap((term) => {
      const first = term.at(-1)! + step
      return Array.from({ length: Math.max(0, length - first) }, (_, index) => [...term, first + index])
    })
  const pairs = longer(Array.from({ length }, (_, index) => [index]))
  return degree === 2 ? pairs : [...pairs, ...longer(pairs)]
}
