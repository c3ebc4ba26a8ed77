import type { ColumnChunk } from '../../../tables/column-chunk.ts'
import type { ServedModel } from '../../handler.ts'
import { valuesError } from '../describe-problems.ts'
import { protocolError } from '../errors.ts'
import { mostRows } from '../request-limits.ts'
import { valuesFor } from '../values-for.ts'
import type { TensorValue } from './data-type.ts'
import { rowsOfShape, type InputTensor } from './infer-request.ts'

/**
 * The typed columns that tensors hold: one tensor a column of the signature, each once, all of one length. The column
 * that decides the version need not be one of them.
 */
export function readTensorColumns(
  { model, signature, reader }: ServedModel,
  { tensors, stickyBy }: { tensors: readonly InputTensor[]; stickyBy: string | null },
): ColumnChunk {
  const bad = (tensor: string, problem: string): Error =>
    protocolError('bad-tensor', { tensor, model, problem })
  const byName = new Map<string, InputTensor>()
  const taken = new Set([...signature.inputs.map(({ name }) => name), stickyBy])
  for (const tensor of tensors) {
    if (!taken.has(tensor.name)) throw bad(tensor.name, 'the model takes no input of this name')
    if (byName.has(tensor.name)) throw bad(tensor.name, 'it is given twice')
    byName.set(tensor.name, tensor)
  }
  const rows = rowsOfShape(tensors[0]!.shape)
  if (rows > mostRows) throw protocolError('too-many-rows', { rows, mostRows })
  const columns = signature.inputs.map((input): [string, ArrayLike<TensorValue>] => {
    const tensor = byName.get(input.name)
    if (!tensor) throw bad(input.name, 'it is missing')
    const own = rowsOfShape(tensor.shape)
    if (own !== rows) throw bad(input.name, `it has ${own} rows, where “${tensors[0]!.name}” has ${rows}`)
    return [input.name, valuesFor(input, tensor.values)]
  })
  const read = reader.readColumns(Object.fromEntries(columns), rows)
  if ('columns' in read) return read
  throw valuesError(read)
}
