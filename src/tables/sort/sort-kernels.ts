import { defineFunction, type WasmFunction } from '../../core/webassembly/module.ts'
import { i32, i64, type Value } from '../../core/webassembly/value.ts'

export const digitBits = 8
const digits = 1 << digitBits
/** Of the counters of one digit. */
export const counterBytes = digits * 4
const numberBytes = 8

/** What `sortKernels` export. Addresses and sizes are in bytes; `end` is the address behind the last number. */
export interface SortKernels {
  /** Turns numbers into whole ones of the same order, in place, writes the least to `least`; the bits of their range. */
  toKeys(at: number, end: number, least: number): number
  /** Turns them back. */
  toNumbers(at: number, end: number): void
  /** Finds where each digit’s keys go to, from `to` on. */
  findPlaces(at: number, end: number, least: number, shift: number, to: number, places: number): void
  /** Puts keys at the places of their digits, in the order in which they stand. */
  movePlaces(at: number, end: number, least: number, shift: number, places: number): void
  /** Sorts nearly sorted keys; 0 where that takes more steps than allowed, all keys still there. */
  insert(at: number, end: number, steps: number): number
}

/** Highest bit: it goes above where there is no sign, and all others count downwards where there is one. */
const sign = i64.shiftLeft(i64.constant(1), i64.constant(63))
const signMask = (bits: Value<'i64'>): Value<'i64'> =>
  i64.or(i64.shiftRightSigned(bits, i64.constant(63)), sign)

const range = { at: 'i32', end: 'i32' } as const

const toKeys = defineFunction(
  { name: 'toKeys', parameters: { ...range, least: 'i32' }, result: 'i32' },
  (body, { at, end, least: leastAt }) => {
    const least = body.local('i64', i64.constant(-1))
    const most = body.local('i64', i64.constant(0))
    const key = body.local('i64')
    body.loop(at, { end, step: numberBytes }, () => {
      body.set(key, i64.load(at))
      body.set(key, i64.xor(key, signMask(key)))
      body.store(at, key)
      body.set(least, i64.least(least, key))
      body.set(most, i64.greatest(most, key))
    })
    body.store(leastAt, least)
    const zeros = i64.leadingZeros(i64.subtract(most, least))
    body.result(i32.subtract(i32.constant(64), i32.wrap(zeros)))
  },
)

const toNumbers = defineFunction({ name: 'toNumbers', parameters: range }, (body, { at, end }) => {
  const key = body.local('i64')
  body.loop(at, { end, step: numberBytes }, () => {
    body.set(key, i64.load(at))
    body.store(at, i64.xor(key, signMask(i64.xor(key, i64.constant(-1)))))
  })
})

/** The address of the counter of a key’s digit. */
function counterOf(options: {
  key: Value<'i64'>
  least: Value<'i64'>
  shift: Value<'i64'>
  places: Value<'i32'>
}): Value<'i32'> {
  const { key, least, shift, places } = options
  const digit = i32.and(i32.wrap(i64.shiftRight(i64.subtract(key, least), shift)), i32.constant(digits - 1))
  return i32.add(places, i32.shiftLeft(digit, i32.constant(2)))
}

const findPlaces = defineFunction(
  {
    name: 'findPlaces',
    parameters: { ...range, least: 'i32', shift: 'i32', to: 'i32', places: 'i32' },
  },
  (body, { at, end, least: leastAt, shift: narrowShift, to, places }) => {
    const least = body.local('i64', i64.load(leastAt))
    const shift = body.local('i64', i64.extendUnsigned(narrowShift))
    const counter = body.local('i32')
    const bytes = body.local('i32')
    body.fillWithZeros(places, i32.constant(counterBytes))
    body.loop(at, { end, step: numberBytes }, () => {
      body.set(counter, counterOf({ key: i64.load(at), least, shift, places }))
      body.store(counter, i32.add(i32.load(counter), i32.constant(numberBytes)))
    })
    body.set(counter, places)
    body.loop(counter, { end: i32.add(places, i32.constant(counterBytes)), step: 4 }, () => {
      body.set(bytes, i32.load(counter))
      body.store(counter, to)
      body.set(to, i32.add(to, bytes))
    })
  },
)

const movePlaces = defineFunction(
  { name: 'movePlaces', parameters: { ...range, least: 'i32', shift: 'i32', places: 'i32' } },
  (body, { at, end, least: leastAt, shift: narrowShift, places }) => {
    const least = body.local('i64', i64.load(leastAt))
    const shift = body.local('i64', i64.extendUnsigned(narrowShift))
    const key = body.local('i64')
    const counter = body.local('i32')
    const place = body.local('i32')
    body.loop(at, { end, step: numberBytes }, () => {
      body.set(key, i64.load(at))
      body.set(counter, counterOf({ key, least, shift, places }))
      body.set(place, i32.load(counter))
      body.store(place, key)
      body.store(counter, i32.add(place, i32.constant(numberBytes)))
    })
  },
)

const insert = defineFunction(
  { name: 'insert', parameters: { ...range, steps: 'i32' }, result: 'i32' },
  (body, { at, end, steps }) => {
    const next = body.local('i32', i32.add(at, i32.constant(numberBytes)))
    const place = body.local('i32')
    const key = body.local('i64')
    const taken = body.local('i32')
    const before = i32.subtract(place, i32.constant(numberBytes))
    const isGoingDown = i32.and(i64.lessThan(key, i64.load(before)), i32.lessThan(at, place))
    const isAllowed = i32.lessThan(taken, steps)
    body.repeatWhile(i32.and(i32.lessThan(next, end), isAllowed), () => {
      body.set(key, i64.load(next))
      body.set(place, next)
      body.when(isGoingDown, () => {
        body.repeatWhile(isGoingDown, () => {
          body.store(place, i64.load(before))
          body.set(place, before)
          body.set(taken, i32.add(taken, i32.constant(1)))
        })
        body.store(place, key)
      })
      body.set(next, i32.add(next, i32.constant(numberBytes)))
    })
    body.result(isAllowed)
  },
)

/** A radix sort of float64, pass by pass. */
export const sortKernels: readonly WasmFunction[] = [toKeys, toNumbers, findPlaces, movePlaces, insert]
