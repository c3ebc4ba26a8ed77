import type { ForeignModelData, ModelMapping } from '../../src/contract/model-import.ts'
import { asRegisteredName, registeredName } from '../../src/core/registered-name.ts'

/** What somebody types into the dialog that imports a model. */
export interface ImportDraft {
  name: string
  /** A column a line. */
  columns: string
  /** A label a line. */
  labels: string
  target: string
}

const fileName = /([^/\\]+?)(?:\.onnx)?$/i

export function draftOf(path: string, { inputs, outputs }: ForeignModelData): ImportDraft {
  const classes = outputs.find((output) => output.classes)?.classes ?? []
  return {
    name: asRegisteredName(fileName.exec(path)?.[1] ?? ''),
    columns: inputs.flatMap(columnsOf).join('\n'),
    labels: classes.join('\n'),
    target: '',
  }
}

/** How many columns the model takes; null where only naming them tells. */
export function wantedColumns({ inputs }: ForeignModelData): number | null {
  return inputs.some(({ width }) => width === null)
    ? null
    : inputs.reduce((sum, { width }) => sum + (width ?? 0), 0)
}

/** What is wrong with the name, in a sentence; nothing is said of one that is not there yet. */
export function nameProblem({ name }: ImportDraft): string | undefined {
  const typed = name.trim()
  return typed === '' || registeredName.pattern.test(typed) ? undefined : registeredName.words
}

/** What is wrong with the columns, in a sentence. */
export function columnsProblem(draft: ImportDraft, model: ForeignModelData): string | undefined {
  const columns = linesOf(draft.columns)
  const wanted = wantedColumns(model)
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) return `“${twice}” is there twice.`
  if (wanted === null)
    return columns.length === 0 ? 'Name the columns: the file does not say how many.' : undefined
  if (columns.length === wanted) return undefined
  return `The model takes ${wanted} columns; these are ${columns.length}.`
}

export function mappingOf(draft: ImportDraft, model: ForeignModelData): ModelMapping {
  const own = model.outputs.find((output) => output.classes)?.classes ?? []
  const labels = linesOf(draft.labels)
  const isOwn = labels.join('\n') === own.join('\n')
  return {
    columns: linesOf(draft.columns),
    ...(labels.length > 0 && !isOwn && { labels }),
    ...(draft.target.trim() !== '' && { target: draft.target.trim() }),
  }
}

function columnsOf({ name, width }: ForeignModelData['inputs'][number]): string[] {
  if (width === null) return []
  return width === 1 ? [name] : Array.from({ length: width }, (_, index) => `${name}_${index + 1}`)
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
