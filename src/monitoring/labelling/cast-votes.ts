import type { FunctionStatistics, Votes } from '../../contract/labelling-contract.ts'
import type { ModelData } from '../../core/artifacts.ts'
import { checkExpression } from '../../core/expression/check-expression.ts'
import { evaluateExpression } from '../../core/expression/evaluate-expression.ts'
import type { ExpressionValue, TypedExpression } from '../../core/expression/typed-expression.ts'
import type { LabellingFunction } from '../../core/labelling-function.ts'
import type { FeedbackIndex } from '../../serving/log/feedback-index.ts'
import { expressionColumns } from './expression-columns.ts'
import { fitLabelModel, type LabelModel, type VoteTable } from './label-model.ts'
import { inputOf, type AnsweredRow } from './newest-rows.ts'
import { knownLabels } from './unlabelled.ts'
import { voteShares } from './vote-statistics.ts'

/** What functions say of rows, and what follows from it. */
export interface CastVotes {
  table: VoteTable
  model: LabelModel
  /** The label of each row whose truth is known, by its id. */
  known: ReadonlyMap<string, string>
  /** Why each function cannot vote; null where it can. */
  problems: readonly (string | null)[]
  classes: readonly string[]
}

/** Lets functions vote on rows. */
export async function castVotes(
  rows: readonly AnsweredRow[],
  work: { functions: readonly LabellingFunction[]; data: ModelData; index: FeedbackIndex },
): Promise<CastVotes> {
  const { functions, data, index } = work
  const { classes = [], positive } = data.target
  const voters = functions.map((each) => voterOf(each, data))
  const votes = new Uint8Array(rows.length * functions.length)
  for (const [place, row] of rows.entries()) {
    const values = valuesOf(row, { data, positive: positive ?? null })
    for (const [own, { vote }] of voters.entries())
      votes[place * functions.length + own] = classes.indexOf(vote?.(values) ?? '') + 1
  }
  const known = await knownLabels(rows, { index, classes })
  const truths = Uint8Array.from(rows, ({ id }) => classes.indexOf(known.get(id) ?? '') + 1)
  const table = { rows: rows.length, functions: functions.length, classes: classes.length, votes, truths }
  return {
    table,
    model: fitLabelModel(table),
    known,
    problems: voters.map(({ problem }) => problem),
    classes,
  }
}

type Values = Readonly<Record<string, ExpressionValue>>

interface Voter {
  problem: string | null
  /** The label, or null where it says nothing; null where it cannot vote. */
  vote: ((values: Values) => string | null) | null
}

function voterOf({ expression: text, label }: LabellingFunction, { signature, target }: ModelData): Voter {
  const checked = checkExpression(text, expressionColumns({ signature }))
  if ('problem' in checked) return { problem: checked.problem.message, vote: null }
  const { expression } = checked
  const problem = problemOf(expression, label, target.classes ?? [])
  if (problem !== null) return { problem, vote: null }
  return {
    problem: null,
    vote(values) {
      const value = evaluateExpression(expression, values)
      if (label === null) return value === null ? null : String(value)
      return value === true ? label : null
    },
  }
}

function problemOf(
  { type }: TypedExpression,
  label: string | null,
  classes: readonly string[],
): string | null {
  if (label === null)
    return type === 'text' ? null : `It gives a ${type}, not a label: choose a label, or let it give a text.`
  if (type !== 'boolean') return `It gives a ${type}: a condition is true or false.`
  return classes.includes(label) ? null : `“${label}” is no class of the model.`
}

function valuesOf(
  row: AnsweredRow,
  { data, positive }: { data: ModelData; positive: string | null },
): Record<string, ExpressionValue> {
  const values: Record<string, ExpressionValue> = {}
  for (const { name, type } of data.signature.inputs) {
    const value = inputOf(row, { name, isText: type === 'text' })
    const isNone = value === '' || (typeof value === 'number' && Number.isNaN(value))
    values[name] = isNone ? null : type === 'boolean' ? value !== 0 : value
  }
  const { outputs } = row.record
  const answer = outputs['label']?.[row.row]
  const classes = data.target.classes ?? []
  const of = classes.indexOf(classes.length === 2 && positive !== null ? positive : String(answer))
  const probability = outputs['probabilities']?.[row.row * classes.length + of]
  return {
    answer: answer === undefined ? null : String(answer),
    probability: of < 0 || probability === undefined ? null : Number(probability),
    ...values,
  }
}

/** Rows with a truth that are enough to tell how right functions are. */
const enoughTruths = 50

/** Without truths, three views of the same thing are needed to tell how good each is. */
export function isIdentified({ table, model }: Pick<CastVotes, 'table' | 'model'>): boolean {
  const known = table.truths?.reduce(
    (sum, truth, row) => sum + (truth > 0 && model.posterior(row) ? 1 : 0),
    0,
  )
  return (known ?? 0) >= enoughTruths || voteShares(table).filter(({ overlap }) => overlap > 0).length >= 3
}

const sureFrom = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] as const

/** What functions do beside each other, and how sure the label model is of rows without a label. */
export function votesOf(
  rows: readonly AnsweredRow[],
  functions: readonly LabellingFunction[],
  cast: CastVotes,
): Votes {
  const { table, model, known, problems, classes } = cast
  const shares = voteShares(table)
  const identified = isIdentified(cast)
  const labelOf = (row: number): string | undefined => known.get(rows[row]!.id)
  const surest = rows.map((_, row) => surestOf(model.posterior(row)))
  const voted = surest.filter((each) => each !== null).length
  return {
    rows: rows.length,
    voted,
    isIdentified: identified,
    functions: functions.map(({ name }, own): FunctionStatistics => {
      const { votes, ...share } = shares[own]!
      const accuracy = model.accuracy[own]!
      const votedKnown = rows.flatMap((_, row) => {
        const vote = table.votes[row * table.functions + own]!
        const label = labelOf(row)
        return vote === 0 || label === undefined ? [] : [classes[vote - 1] === label]
      })
      return {
        name,
        problem: problems[own]!,
        ...share,
        accuracy: Number.isNaN(accuracy) || !identified ? null : accuracy,
        known: { right: votedKnown.filter(Boolean).length, votes: votedKnown.length },
        labels: classes.flatMap((label, of) => (votes[of]! > 0 ? [{ label, votes: votes[of]! }] : [])),
      }
    }),
    sure: sureFrom.map((atLeast) => ({
      atLeast,
      rows: surest.filter((each, row) => each && each.probability >= atLeast && labelOf(row) === undefined)
        .length,
    })),
    known: {
      right: surest.filter((each, row) => each && classes[each.of] === labelOf(row)).length,
      rows: surest.filter((each, row) => each && labelOf(row) !== undefined).length,
    },
  }
}

/** The most probable class; null where nobody votes. */
export function surestOf(posterior: Float64Array | null): { of: number; probability: number } | null {
  if (!posterior) return null
  const probability = Math.max(...posterior)
  return { of: posterior.indexOf(probability), probability }
}
