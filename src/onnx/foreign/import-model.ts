import { tensor } from '../tensor.ts'
import { planAnswers, type AnswerHints, type AnswerPlan } from './answer-plan.ts'
import { ForeignGraph } from './foreign-graph.ts'
import { readForeignModel } from './foreign-model.ts'
import { planInputs, type ImportedColumn } from './import-plan.ts'
import { observeOutputs } from './observe-outputs.ts'

/** A foreign model as one of ours: typed raw columns in, our answers out. */
export interface ImportedModel {
  bytes: Uint8Array
  producer: string
  columns: readonly ImportedColumn[]
  /** Null where it answers with numbers. */
  classes: readonly string[] | null
  outputs: { name: string; type: 'text' | 'number' | 'vector'; width: number }[]
}

/** How a foreign model is to be read. */
export interface ImportRequest {
  /** In the order of the model’s inputs; its own names where it is empty. */
  columns: readonly string[]
  types: Readonly<Record<string, ImportedColumn['type']>>
  answers: AnswerHints
}

/** Runs the model on a few rows: to be called where a crash of native code does no harm. */
export async function importModel(file: Uint8Array, request: ImportRequest): Promise<ImportedModel> {
  const model = readForeignModel(file)
  const plans = planInputs(model.inputs, request)
  const answers = planAnswers(model, await observeOutputs(model, plans), request.answers)
  const graph = new ForeignGraph(model, plans)
  const outputs = answers.kind === 'numbers' ? numbersOf(graph, answers) : classesOf(graph, answers)
  return {
    bytes: graph.toModel(outputs, {}),
    producer: model.producer,
    columns: plans.flatMap(({ columns }) => columns),
    classes: answers.kind === 'classes' ? answers.classes : null,
    outputs: outputs.map(({ name, type, width }) => ({ name, type: signatureTypes[type], width })),
  }
}

const signatureTypes = { string: 'text', float64: 'number', float32: 'vector' } as const

function numbersOf(graph: ForeignGraph, { value }: Extract<AnswerPlan, { kind: 'numbers' }>) {
  const number = graph.cast(graph.valueOf(value.value), 'float64')
  const answer = graph.completed(graph.asTable(number, 1), 'float64')
  return [{ name: 'value', value: answer, type: 'float64' as const, width: 1 }]
}

function classesOf(graph: ForeignGraph, plan: Extract<AnswerPlan, { kind: 'classes' }>) {
  const width = plan.classes.length
  const given = graph.asTable(
    graph.cast(graph.valueOf(plan.probabilities.value), 'float32'),
    plan.probabilities.width,
  )
  const probabilities = plan.probabilities.width === 1 ? withOpposite(graph, given) : given
  const label = graph.completed(labelOf(graph, plan, probabilities), 'string')
  return [
    { name: 'label', value: label, type: 'string' as const, width: 1 },
    {
      name: 'probabilities',
      value: graph.completed(probabilities, 'float32'),
      type: 'float32' as const,
      width,
    },
  ]
}

function withOpposite(graph: ForeignGraph, probability: string): string {
  const one = graph.constant(tensor('float32', [1, 1], [1]))
  return graph.node('Concat', [graph.node('Sub', [one, probability]), probability], { axis: { i: 1 } })
}

function labelOf(
  graph: ForeignGraph,
  { label, own, classes }: Extract<AnswerPlan, { kind: 'classes' }>,
  probabilities: string,
): string {
  if (label?.type === 'string') return graph.asTable(graph.valueOf(label.value), 1)
  const matches = label ? matchesOf(graph, { label: label.value, own }) : probabilities
  const index = graph.node('ArgMax', [matches], { axis: { i: 1 }, keepdims: { i: 1 } })
  const names = graph.constant(tensor('string', [classes.length], classes))
  return graph.node('Gather', [names, index], { axis: { i: 0 } })
}

/** 1 at the class that the model answers with, which need not be the most probable one. */
function matchesOf(
  graph: ForeignGraph,
  { label, own }: { label: string; own: readonly (string | number)[] },
): string {
  const number = graph.asTable(graph.cast(graph.valueOf(label), 'int64'), 1)
  const classes = graph.constant(tensor('int64', [1, own.length], own.map(Number)))
  return graph.cast(graph.node('Equal', [number, classes]), 'float32')
}
