import type { Message } from '../messages.ts'
import { foreignError } from './errors.ts'
import { classesOf, type ForeignModel } from './foreign-model.ts'
import { labelTexts } from './label-texts.ts'
import type { ObservedOutput } from './observe-outputs.ts'

/** Which outputs are the answer, and what they mean. */
export type AnswerPlan =
  | { kind: 'numbers'; value: ObservedOutput }
  | {
      kind: 'classes'
      probabilities: ObservedOutput
      /** Absent where the most probable class is the answer. */
      label?: ObservedOutput
      /** What the model calls its classes, in the order of the probabilities. */
      own: readonly (string | number)[]
      /** What they are called here. */
      classes: readonly string[]
    }

/** What the user says about the answer; what is not said is found out. */
export interface AnswerHints {
  /** Names of outputs. */
  label?: string | undefined
  probabilities?: string | undefined
  value?: string | undefined
  /** Of the classes, in the order of the probabilities. */
  labels: readonly string[]
}

const tolerance = 1e-5

export function planAnswers(
  model: ForeignModel,
  outputs: readonly ObservedOutput[],
  hints: AnswerHints,
): AnswerPlan {
  const unclear = (problem: string): never => {
    throw foreignError('no-answer', { problem, outputs: outputs.map(({ name }) => name) })
  }
  const named = (name: string | undefined): ObservedOutput | undefined => {
    if (name === undefined || name === '') return undefined
    return outputs.find((output) => output.name === name) ?? unclear(`there is no output “${name}”`)
  }
  const numbers = (value: ObservedOutput): AnswerPlan =>
    value.width === 1 && value.type !== 'string'
      ? { kind: 'numbers', value }
      : unclear(`“${value.name}” holds not one number a row, but ${value.width} (${value.type})`)
  const value = named(hints.value)
  if (value) return numbers(value)
  const scores = outputs.filter(({ type }) => type === 'float32' || type === 'float64')
  const label = named(hints.label) ?? outputs.find((output) => isLabel(output))
  const probabilities = named(hints.probabilities) ?? likelyProbabilities(scores)
  if (!probabilities) return unclear(label ? 'there are labels, but no probabilities' : 'none holds numbers')
  const isAmount =
    !label && probabilities.width === 1 && hints.labels.length === 0 && hints.probabilities === undefined
  if (isAmount && scores.length === 1) return numbers(probabilities)
  if (isAmount) return unclear('several hold numbers')
  refuseNoProbabilities(probabilities)
  return {
    kind: 'classes',
    probabilities,
    ...(label && { label }),
    ...planClasses(model, { probabilities, label, hints }),
  }
}

/** By dictionaries of classes, by name, by several columns, or the only one. */
function likelyProbabilities(scores: readonly ObservedOutput[]): ObservedOutput | undefined {
  return (
    scores.find(({ classes }) => classes) ??
    scores.find(({ name }) => /prob/i.test(name)) ??
    scores.find(({ width }) => width > 1) ??
    scores[0]
  )
}

function isLabel({ type, width }: ObservedOutput): boolean {
  return width === 1 && type !== 'float32' && type !== 'float64'
}

function refuseNoProbabilities({ name, range }: ObservedOutput): void {
  if (!range) return
  const wrong = [range.least, range.most].find((each) => !(each >= -tolerance && each <= 1 + tolerance))
  if (wrong !== undefined) throw foreignError('no-probability', { output: name, value: wrong })
}

function planClasses(
  { message }: ForeignModel,
  parts: { probabilities: ObservedOutput; label: ObservedOutput | undefined; hints: AnswerHints },
): { own: readonly (string | number)[]; classes: readonly string[] } {
  const { probabilities, label, hints } = parts
  // One probability is that of the second of two classes.
  const count = Math.max(2, probabilities.width)
  const misfit = (problem: string): Error => foreignError('labels', { problem, count })
  const given = hints.labels
  if (given.length > 0 && given.length !== count)
    throw misfit(
      `${given.length === 1 ? 'one label is' : `${given.length} labels are`} given for ${count} classes`,
    )
  if (new Set(given).size !== given.length) throw misfit('two classes have the same label')
  const own =
    probabilities.classes ??
    ownClasses(message.graph ?? {}, { count, label }) ??
    (given.length > 0 ? given : null)
  if (!own) throw misfit(`it has ${count} classes, and the file does not say how they are called`)
  if (own.length !== count) throw misfit(`it names ${own.length} classes, but gives ${count} probabilities`)
  const classes = given.length > 0 ? given : own.map(String)
  if (new Set(classes).size !== count) throw misfit('two classes have the same label')
  if (label?.type !== 'string') return { own, classes }
  const renamed = own.some((each, index) => String(each) !== classes[index])
  if (renamed) throw misfit(`the model itself answers with ${own.join(', ')}, in this order`)
  // The file may name its classes nowhere that is looked at; what it answers has to be one of them all the same.
  const other = label.texts?.find((text) => text !== '' && !classes.includes(text))
  if (other !== undefined) throw misfit(`the model itself answers with “${other}”`)
  return { own, classes }
}

/** What the file says, or, where the model answers with whole numbers or none, 0, 1, 2, …. */
function ownClasses(
  graph: Message<'Graph'>,
  { count, label }: { count: number; label: ObservedOutput | undefined },
): readonly (string | number)[] | null {
  const isText = label?.type === 'string'
  const texts = isText ? labelTexts(graph, label.value) : null
  if (texts?.length === count) return texts
  for (const node of graph.node ?? []) {
    const named = classesOf(node)
    if (named?.length === count && (!label || isText === (typeof named[0] === 'string'))) return named
  }
  return isText ? null : Array.from({ length: count }, (_, index) => index)
}
