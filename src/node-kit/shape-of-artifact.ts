import { ruleOutput, topOutput } from '../core/answer-names.ts'
import type { AnyArtifact, Artifact, TableData } from '../core/artifacts.ts'
import { answersOf, splitParts, type ModelShape, type Shape, type TableShape } from '../core/columns.ts'

/** What is known of an artifact without looking into its files: as propagation would have said it. */
export function shapeOfArtifact(artifact: Artifact): Shape {
  const each = artifact as AnyArtifact
  switch (each.kind) {
    case 'table':
      return shapeOfTable(each.data)
    case 'model':
      return shapeOfModel(each)
    case 'report':
      return { kind: 'report' }
    case 'rows':
    case 'split':
      throw new TypeError(`no port carries an artifact of kind ${each.kind}`)
  }
}

export function shapeOfModel({ data }: Pick<Artifact<'model'>, 'data'>): ModelShape {
  const { task, target, signature } = data
  const top = signature.outputs.find(({ name }) => name === topOutput)
  return {
    kind: 'model',
    task,
    answers: answersOf(task),
    ...(signature.outputs.some(({ name }) => name === ruleOutput) && { rules: true }),
    ...(top && { top: top.width }),
    target: task === 'clustering' ? null : target.name,
  }
}

export function shapeOfTable({ columns, split }: Pick<TableData, 'columns' | 'split'>): TableShape {
  const parts = split && splitParts.filter((part) => split.counts[part] > 0)
  return { kind: 'table', columns, split: parts, known: true }
}
