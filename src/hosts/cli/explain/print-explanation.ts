import type { CounterfactualData, Counterfactuals } from '../../../contract/model-counterfactuals.ts'
import type { RawValue } from '../../../contract/model-details.ts'
import type { ModelExplanation } from '../../../contract/model-explanation.ts'
import type { Output } from '../output.ts'
import { formatTable } from '../terminal/format-table.ts'
import { harmless } from '../terminal/text-width.ts'

type Explained = ModelExplanation & { outcome: 'explained' }
type Searched = Counterfactuals & { outcome: 'searched' }

const shownColumns = 12
const longestBar = 20

/** The answer, and what each column adds to it. */
export function printExplanation(explained: Explained, output: Output): void {
  const { bold, dim } = output.style
  const { base, score, contributions, errors } = { errors: hasErrors(explained), ...explained }
  output.line(bold(`The answer is ${answerText(explained)}.`))
  output.line()
  output.line(
    `${capital(subjectOf(explained))}: ${short(base)} when nothing is known, ${short(score)} for this row.`,
  )
  const largest = Math.abs(contributions[0]?.contribution ?? 0)
  const rows = contributions.slice(0, shownColumns).map(({ column, value, contribution, error }) => {
    const bar = '█'.repeat(largest === 0 ? 0 : Math.round((longestBar * Math.abs(contribution)) / largest))
    const sure = errors ? `± ${short(error ?? 0)}` : ''
    return [`  ${column}`, valueText(value), signed(contribution), bar, sure]
  })
  const columns = [
    { title: '  column' },
    { title: 'value' },
    { title: 'adds', align: 'right' as const },
    { title: '' },
    { title: errors ? 'error' : '' },
  ]
  output.lines(formatTable({ columns, rows, width: output.width }))
  const rest = contributions.slice(shownColumns)
  if (rest.length > 0) {
    const sum = rest.reduce((total, { contribution }) => total + contribution, 0)
    output.line(dim(`  ${rest.length} more columns add ${signed(sum)} together.`))
  }
  output.line(dim(`  ${methodText(explained)}`))
  for (const names of explained.mixed)
    output.line(
      dim(harmless(`  ${names.join(', ')} are seen mixed; what they add is shared evenly among them.`)),
    )
}

const hasErrors = ({ contributions }: Explained): boolean => contributions.some(({ error }) => error !== null)

function subjectOf({ class: name, scale }: Explained): string {
  const of = name === null ? 'the answer' : `“${harmless(name)}”`
  switch (scale) {
    case 'value':
      return of
    case 'logarithm':
      return `the logarithm of ${of}`
    case 'power':
      return `the power of ${of} that was learned`
    case 'log-odds':
      return `the log-odds of ${of}`
    case 'log-weight':
      return `the weight of ${of} among the classes, as a logarithm`
    case 'probability':
      return `the probability of ${of}`
  }
}

function methodText({ method }: Explained): string {
  switch (method) {
    case 'tree-shap':
      return 'Exact Shapley values (TreeSHAP), before calibration, threshold and rules.'
    case 'linear-shap':
      return 'Exact Shapley values against the means in training, before calibration, threshold and rules.'
    case 'sampled-shapley':
      return 'Shapley values, sampled against rows made up of what each column held in training.'
  }
}

/** The smallest changes that lead to another answer. */
export function printCounterfactuals(searched: Searched, output: Output): void {
  const { bold } = output.style
  const { found, closest, isReached } = searched
  const wanted = wantedText(searched)
  if (isReached) return output.line(`The answer is ${wanted} as it is.`)
  if (found.length === 0) {
    output.line(bold(`No change was found that makes the answer ${wanted}.`))
    if (closest) printChange(closest, { output, lead: 'Nearest: ' })
    return
  }
  output.line(bold(`The smallest changes that make the answer ${wanted}:`))
  for (const [index, each] of found.entries()) printChange(each, { output, lead: `${index + 1}. ` })
}

function printChange(change: CounterfactualData, { output, lead }: { output: Output; lead: string }): void {
  const changes = change.changes.map(
    ({ column, from, to }) => `${harmless(column)}: ${valueText(from)} → ${valueText(to)}`,
  )
  const distance = short(change.distance)
  output.line(`  ${lead}${changes.join('; ')}`)
  output.line(output.style.dim(`     then it is ${answerText(change)}; distance ${distance}`))
}

function wantedText({ wanted }: Searched): string {
  if ('atLeast' in wanted) return `at least ${short(wanted.atLeast)}`
  if ('atMost' in wanted) return `at most ${short(wanted.atMost)}`
  return wanted.class === null ? 'another class' : `“${harmless(wanted.class)}”`
}

function answerText({ answer, probabilities }: Pick<Explained, 'answer' | 'probabilities'>): string {
  if (typeof answer !== 'string') return answer === null ? 'no number' : short(answer)
  const probability = probabilities?.find((each) => each.class === answer)?.probability
  const share = probability === undefined ? '' : `, with a probability of ${(100 * probability).toFixed(1)} %`
  return `“${harmless(answer)}”${share}`
}

function valueText(value: RawValue): string {
  if (value === null) return 'no value'
  return harmless(typeof value === 'number' ? String(Number(value.toPrecision(7))) : String(value))
}

const short = (value: number): string => String(Number(value.toPrecision(4)))
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${short(Math.abs(value))}`
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
