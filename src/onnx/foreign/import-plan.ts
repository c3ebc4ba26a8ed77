import type { ColumnType } from '../../core/columns.ts'
import type { ElementType } from '../tensor.ts'
import { foreignError } from './errors.ts'
import type { ForeignPort } from './foreign-model.ts'

/** A raw column that a foreign model gets as part of one of its inputs. */
export interface ImportedColumn {
  name: string
  type: Exclude<ColumnType, 'vector'>
}

/** Which columns make up an input, in their order. */
export interface InputPlan {
  port: ForeignPort
  columns: readonly ImportedColumn[]
}

/**
 * Columns for the inputs of a model, in order: as they are named, or else as the model names its inputs. Types are
 * those that the model takes, unless they are said.
 */
export function planInputs(
  inputs: readonly ForeignPort[],
  { columns, types }: { columns: readonly string[]; types: Readonly<Record<string, ImportedColumn['type']>> },
): InputPlan[] {
  const widths = widthsOf(inputs, columns.length)
  const wanted = widths.reduce((sum, width) => sum + width, 0)
  if (columns.length > 0 && columns.length !== wanted)
    throw foreignError('columns', {
      wanted,
      given: columns.length,
      inputs: inputs.map(({ name }) => name),
    })
  let next = 0
  const plans = inputs.map((port, index) => {
    const width = widths[index]!
    const names = columns.length > 0 ? columns.slice(next, next + width) : namesFor(port, width)
    next += width
    return { port, columns: names.map((name) => ({ name, type: typeFor(name, port.type, types) })) }
  })
  const names = plans.flatMap((plan) => plan.columns.map(({ name }) => name))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw foreignError('same-column', { column: twice })
  return plans
}

/** The columns that are named tell the one width that a model leaves open. */
function widthsOf(inputs: readonly ForeignPort[], named: number): number[] {
  const open = inputs.filter(({ width }) => width === null)
  if (open.length === 0) return inputs.map(({ width }) => width!)
  const known = inputs.reduce((sum, { width }) => sum + (width ?? 0), 0)
  if (open.length > 1 || named <= known)
    throw foreignError('unusable-port', {
      port: open[0]!.name,
      problem: 'how many columns it takes is not said in the file, and follows only from naming them',
    })
  return inputs.map(({ width }) => width ?? named - known)
}

function namesFor({ name }: ForeignPort, width: number): string[] {
  return width === 1 ? [name] : Array.from({ length: width }, (_, index) => `${name}_${index + 1}`)
}

function typeFor(
  column: string,
  element: ElementType,
  types: Readonly<Record<string, ImportedColumn['type']>>,
): ImportedColumn['type'] {
  const usual = usualTypes[element]
  const type = Object.hasOwn(types, column) ? types[column]! : usual
  if ((type === 'text') !== (usual === 'text')) throw foreignError('column-type', { column, type, element })
  return type
}

const usualTypes: Readonly<Record<ElementType, ImportedColumn['type']>> = {
  float32: 'number',
  float64: 'number',
  int8: 'integer',
  uint8: 'integer',
  int32: 'integer',
  int64: 'integer',
  bool: 'boolean',
  string: 'text',
}
