import {
  bytesPerPage,
  compile,
  instantiate,
  mostPages,
  ownMemory,
  type WasmModule,
} from '../../core/webassembly/engine.ts'
import { encodeModule } from '../../core/webassembly/module.ts'
import { counterBytes, digitBits, sortKernels, type SortKernels } from './sort-kernels.ts'

/** Below, the counters of the digits cost more than they save. */
const few = 256
/** From here on three digits leave too many keys together. */
const many = 10_000
/** Steps of insertion a number, beyond which further digits cost less. */
const steps = 8
const numberBytes = 8
/** The least key lies behind the counters. */
const leastAt = counterBytes
const numbersAt = counterBytes + 64
/** The address behind the last one has to be one of 32 bits, too. */
const mostNumbers = Math.floor((mostPages * bytesPerPage - 1 - numbersAt) / 2 / numberBytes)
/** Room for so many numbers stays for the next. */
const mostKept = 1_000_000

/** Memory for numbers and the keys that are moved out of their way. */
interface Room {
  capacity: number
  buffer: ArrayBuffer
  kernels: SortKernels
}

let module: WasmModule | null = null
let kept: Room | null = null

/**
 * Sorts numbers, none of which is NaN, in place: -0 before 0. They are put in the order of the leading bits of the range
 * in which they lie, by some passes of a radix sort, which insertion completes; where too many share these bits,
 * further passes look at all.
 */
export function sortNumbers(values: Float64Array): void {
  if (values.length < few || values.length > mostNumbers) {
    values.sort()
    return
  }
  const { buffer, kernels } = roomFor(values.length)
  new Float64Array(buffer, numbersAt, values.length).set(values)
  const sortedAt = sortIn(kernels, values.length)
  values.set(new Float64Array(buffer, sortedAt, values.length))
}

function roomFor(count: number): Room {
  if (kept && kept.capacity >= count) return kept
  const pages = Math.ceil((numbersAt + 2 * count * numberBytes) / bytesPerPage)
  const memory = ownMemory(pages)
  module ??= compile(encodeModule(sortKernels, 'own'))
  const kernels = instantiate(module, memory) as unknown as SortKernels
  const room = { capacity: count, buffer: memory.buffer, kernels }
  if (count <= mostKept) kept = room
  return room
}

/** Sorts so many numbers where they lie, or in the second half of the room; says where. */
function sortIn(kernels: SortKernels, count: number): number {
  const bytes = count * numberBytes
  let [at, other] = [numbersAt, numbersAt + bytes]
  const bits = kernels.toKeys(at, at + bytes, leastAt)
  const sortFrom = (lowest: number): void => {
    for (let shift = lowest; shift < bits; shift += digitBits) {
      kernels.findPlaces(at, at + bytes, leastAt, shift, other, 0)
      kernels.movePlaces(at, at + bytes, leastAt, shift, 0)
      ;[at, other] = [other, at]
    }
  }
  const rest = Math.max(0, bits - (count < many ? 3 : 4) * digitBits)
  sortFrom(rest)
  if (rest > 0 && kernels.insert(at, at + bytes, count * steps) === 0) sortFrom(0)
  kernels.toNumbers(at, at + bytes)
  return at
}
