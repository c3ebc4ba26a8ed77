import { list, sized, text, unsigned } from './encoding.ts'
import { FunctionBody, localAt, typeCode, type Locals } from './function-body.ts'
import { mostPages } from './engine.ts'
import type { ValueType } from './value.ts'

/** A function as it is built into a module. */
export interface WasmFunction {
  name: string
  parameters: readonly ValueType[]
  result: ValueType | null
  code: readonly number[]
}

/** Parameters by name, in the order of the call; `build` writes the statements. */
export function defineFunction<Types extends Readonly<Record<string, ValueType>>>(
  declaration: { name: string; parameters: Types; result?: ValueType },
  build: (body: FunctionBody, parameters: Locals<Types>) => void,
): WasmFunction {
  const { name, parameters, result = null } = declaration
  const types = Object.values(parameters)
  const body = new FunctionBody(types.length)
  const locals = Object.entries(parameters).map(([key, type], index) => [key, localAt(type, index)])
  build(body, Object.fromEntries(locals) as Locals<Types>)
  return { name, parameters: types, result, code: body.encode() }
}

/** The magic word and version 1. */
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** The bytes of a module that exports functions over a memory imported as `memory.given`, which threads may share. */
export function encodeModule(
  functions: readonly WasmFunction[],
  memoryKind: 'shared' | 'own' = 'shared',
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    ...list(parameters.map((type) => [typeCode(type)])),
    ...list(result ? [[typeCode(result)]] : []),
  ])
  const limits = memoryKind === 'shared' ? 3 : 1
  const memory = [...text('memory'), ...text('given'), 0x02, limits, 0, ...unsigned(mostPages)]
  const exports = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)])
  return Uint8Array.from([
    ...header,
    ...section(1, list(types)),
    ...section(2, list([memory])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(exports)),
    ...section(10, list(functions.map(({ code }) => code))),
  ])
}

const section = (id: number, content: readonly number[]): number[] => [id].concat(sized(content))
