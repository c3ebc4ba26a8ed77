import { list, sized, unsigned } from './encoding.ts'
import { i32, type Value, type ValueType } from './value.ts'

/** A variable of a function: read as any value, written with `set`. */
export interface Local<Type extends ValueType> extends Value<Type> {
  readonly index: number
}

export type Locals<Types extends Readonly<Record<string, ValueType>>> = {
  [Name in keyof Types]: Local<Types[Name]>
}

const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
}
const nothing = 0x40

export const typeCode = (type: ValueType): number => typeCodes[type]

const storeCodes = { i32: [0x36], i64: [0x37], f32: [0x38], f64: [0x39], v128: [0xfd, 11] } as const

/** Builds the instructions of one function, statement by statement. */
export class FunctionBody {
  readonly #parameters: number
  readonly #types: ValueType[] = []
  readonly #kept = new Map<string, Local<ValueType>>()
  readonly #start: number[] = []
  #code: number[] = []

  constructor(parameters: number) {
    this.#parameters = parameters
  }

  local<Type extends ValueType>(type: Type, initial?: Value<Type>): Local<Type> {
    const index = this.#parameters + this.#types.length
    this.#types.push(type)
    const local = localAt(type, index)
    if (initial) this.set(local, initial)
    return local
  }

  /**
   * A constant in a local that is set before anything else: engines put a vector together anew, from several
   * instructions, wherever it stands, also in a loop.
   */
  keep<Type extends ValueType>({ type, code }: Value<Type>): Local<Type> {
    const key = code.join()
    let kept = this.#kept.get(key)
    if (!kept) {
      kept = this.local(type)
      this.#kept.set(key, kept)
      this.#start.push(...code, 0x21, ...unsigned(kept.index))
    }
    return kept as Local<Type>
  }

  set<Type extends ValueType>(local: Local<Type>, value: Value<Type>): void {
    this.#code.push(...value.code, 0x21, ...unsigned(local.index))
  }

  store<Type extends ValueType>(address: Value<'i32'>, value: Value<Type>, offset = 0): void {
    this.#code.push(...address.code, ...value.code, ...storeCodes[value.type], 0, ...unsigned(offset))
  }

  /** The lowest byte of a number. */
  store8(address: Value<'i32'>, value: Value<'i32'>, offset = 0): void {
    this.#code.push(...address.code, ...value.code, 0x3a, 0, ...unsigned(offset))
  }

  /** One of the four numbers of 32 bits in a vector. */
  storeLane(
    address: Value<'i32'>,
    vector: Value<'v128'>,
    { lane, offset }: { lane: number; offset: number },
  ): void {
    this.#code.push(...address.code, ...vector.code, 0xfd, 90, 0, ...unsigned(offset), lane)
  }

  fillWithZeros(address: Value<'i32'>, bytes: Value<'i32'>): void {
    this.#code.push(...address.code, ...i32.constant(0).code, ...bytes.code, 0xfc, 11, 0)
  }

  copy(options: { to: Value<'i32'>; from: Value<'i32'>; bytes: Value<'i32'> }): void {
    const { to, from, bytes } = options
    this.#code.push(...to.code, ...from.code, ...bytes.code, 0xfc, 10, 0, 0)
  }

  /** Repeats with `counter` from what it is, in steps, as long as it is below the end. */
  loop(counter: Local<'i32'>, range: { end: Value<'i32'>; step: number }, repeat: () => void): void {
    this.repeatWhile(i32.lessThan(counter, range.end), () => {
      repeat()
      this.set(counter, i32.add(counter, i32.constant(range.step)))
    })
  }

  repeatWhile(condition: Value<'i32'>, repeat: () => void): void {
    this.#code.push(0x02, nothing, ...condition.code, 0x45, 0x0d, 0, 0x03, nothing)
    repeat()
    this.#code.push(...condition.code, 0x0d, 0, 0x0b, 0x0b)
  }

  when(condition: Value<'i32'>, then: () => void): void {
    this.#code.push(...condition.code, 0x04, nothing)
    then()
    this.#code.push(0x0b)
  }

  /** Ends the function with a value. */
  return(value: Value<ValueType>): void {
    this.#code.push(...value.code, 0x0f)
  }

  /** The value that the function returns. */
  result(value: Value<ValueType>): void {
    this.#code.push(...value.code)
  }

  /** As it stands in the code section. */
  encode(): number[] {
    const locals = list(this.#types.map((type) => [1, typeCodes[type]]))
    return sized([...locals, ...this.#start, ...this.#code, 0x0b])
  }
}

export function localAt<Type extends ValueType>(type: Type, index: number): Local<Type> {
  return { type, index, code: [0x20, ...unsigned(index)] }
}
