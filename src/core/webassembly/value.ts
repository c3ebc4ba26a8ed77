import { float32Bytes, float64Bytes, signed, unsigned } from './encoding.ts'

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

/** An expression of a WebAssembly function: the instructions that leave its value on the stack. */
export interface Value<Type extends ValueType> {
  readonly type: Type
  readonly code: readonly number[]
}

type Of<Type extends ValueType> = Value<Type>
/** Where something lies in memory, and a distance that the instruction itself adds. */
type Load<Type extends ValueType> = (address: Of<'i32'>, offset?: number) => Of<Type>

const value = <Type extends ValueType>(type: Type, code: number[]): Value<Type> => ({ type, code })

function load<Type extends ValueType>(type: Type, opcode: readonly number[]): Load<Type> {
  // Alignment 2^0: a hint that engines ignore.
  return (address, offset = 0) => value(type, [...address.code, ...opcode, 0, ...unsigned(offset)])
}

function unary<From extends ValueType, To extends ValueType>(to: To, ...opcode: number[]) {
  return (operand: Of<From>): Of<To> => value(to, [...operand.code, ...opcode])
}

function binary<From extends ValueType, To extends ValueType>(to: To, ...opcode: number[]) {
  return (left: Of<From>, right: Of<From>): Of<To> => value(to, [...left.code, ...right.code, ...opcode])
}

function shift<Type extends ValueType>(type: Type, ...opcode: number[]) {
  return (operand: Of<Type>, by: Of<Type extends 'i64' ? 'i64' : 'i32'>): Of<Type> =>
    value(type, [...operand.code, ...by.code, ...opcode])
}

export const i32 = {
  constant: (number: number): Of<'i32'> => value('i32', [0x41, ...signed(number)]),
  load: load('i32', [0x28]),
  /** A byte, without sign. */
  load8: load('i32', [0x2d]),
  wrap: unary<'i64', 'i32'>('i32', 0xa7),
  add: binary<'i32', 'i32'>('i32', 0x6a),
  subtract: binary<'i32', 'i32'>('i32', 0x6b),
  multiply: binary<'i32', 'i32'>('i32', 0x6c),
  and: binary<'i32', 'i32'>('i32', 0x71),
  or: binary<'i32', 'i32'>('i32', 0x72),
  xor: binary<'i32', 'i32'>('i32', 0x73),
  shiftLeft: shift('i32', 0x74),
  shiftRightSigned: shift('i32', 0x75),
  /** The place of the lowest one. */
  lowestOne: unary<'i32', 'i32'>('i32', 0x68),
  equal: binary<'i32', 'i32'>('i32', 0x46),
  notEqual: binary<'i32', 'i32'>('i32', 0x47),
  lessThan: binary<'i32', 'i32'>('i32', 0x49),
  /** The smaller of two numbers without sign. */
  least: (left: Of<'i32'>, right: Of<'i32'>): Of<'i32'> =>
    value('i32', [...left.code, ...right.code, ...left.code, ...right.code, 0x49, 0x1b]),
}

export const i64 = {
  constant: (number: number): Of<'i64'> => value('i64', [0x42, ...signed(number)]),
  load: load('i64', [0x29]),
  extendSigned: unary<'i32', 'i64'>('i64', 0xac),
  extendUnsigned: unary<'i32', 'i64'>('i64', 0xad),
  add: binary<'i64', 'i64'>('i64', 0x7c),
  subtract: binary<'i64', 'i64'>('i64', 0x7d),
  and: binary<'i64', 'i64'>('i64', 0x83),
  or: binary<'i64', 'i64'>('i64', 0x84),
  xor: binary<'i64', 'i64'>('i64', 0x85),
  notEqual: binary<'i64', 'i32'>('i32', 0x52),
  /** The place of the lowest one. */
  lowestOne: unary<'i64', 'i64'>('i64', 0x7a),
  shiftLeft: shift('i64', 0x86),
  shiftRightSigned: shift('i64', 0x87),
  shiftRight: shift('i64', 0x88),
  leadingZeros: unary<'i64', 'i64'>('i64', 0x79),
  /** Of numbers without sign. */
  lessThan: binary<'i64', 'i32'>('i32', 0x54),
  /** The smaller of two numbers without sign. */
  least: (left: Of<'i64'>, right: Of<'i64'>): Of<'i64'> =>
    value('i64', [...left.code, ...right.code, ...left.code, ...right.code, 0x54, 0x1b]),
  /** The larger of two numbers without sign. */
  greatest: (left: Of<'i64'>, right: Of<'i64'>): Of<'i64'> =>
    value('i64', [...left.code, ...right.code, ...left.code, ...right.code, 0x56, 0x1b]),
}

export const f32 = {
  constant: (number: number): Of<'f32'> => value('f32', [0x43, ...float32Bytes(number)]),
  load: load('f32', [0x2a]),
  add: binary<'f32', 'f32'>('f32', 0x92),
  lessThan: binary<'f32', 'i32'>('i32', 0x5d),
  notEqual: binary<'f32', 'i32'>('i32', 0x5c),
  /** One of four lanes. */
  lane: (vector: Of<'v128'>, lane: number): Of<'f32'> => value('f32', [...vector.code, 0xfd, 31, lane]),
}

export const f64 = {
  constant: (number: number): Of<'f64'> => value('f64', [0x44, ...float64Bytes(number)]),
  promote: unary<'f32', 'f64'>('f64', 0xbb),
  add: binary<'f64', 'f64'>('f64', 0xa0),
}

const vector = (opcode: number): number[] => [0xfd, ...unsigned(opcode)]

export const v128 = {
  load: load('v128', vector(0)),
  /** The same 32 bits four times. */
  load32Splat: load('v128', vector(9)),
  /** The lower half; the upper is 0. */
  load64: load('v128', vector(93)),
  not: unary<'v128', 'v128'>('v128', ...vector(77)),
  and: binary<'v128', 'v128'>('v128', ...vector(78)),
  or: binary<'v128', 'v128'>('v128', ...vector(80)),
  /** Bits of `left` where the mask has a one, of `right` elsewhere. */
  select: (left: Of<'v128'>, right: Of<'v128'>, mask: Of<'v128'>): Of<'v128'> =>
    value('v128', [...left.code, ...right.code, ...mask.code, ...vector(82)]),
  /** Bytes of the concatenation of two vectors, by their place in it: 0 … 31. */
  shuffle: (left: Of<'v128'>, right: Of<'v128'>, bytes: readonly number[]): Of<'v128'> =>
    value('v128', [...left.code, ...right.code, ...vector(13), ...bytes]),
}

/** Vectors of sixteen bytes. */
export const i8x16 = {
  constant: (byte: number): Of<'v128'> => value('v128', [...vector(12), ...new Uint8Array(16).fill(byte)]),
  equal: binary<'v128', 'v128'>('v128', ...vector(35)),
  lessThanSigned: binary<'v128', 'v128'>('v128', ...vector(37)),
  /** Of bytes without sign. */
  atMost: binary<'v128', 'v128'>('v128', ...vector(42)),
  /** The highest bit of each byte. */
  bitmask: unary<'v128', 'i32'>('i32', ...vector(100)),
  subtract: binary<'v128', 'v128'>('v128', ...vector(113)),
}

/** Vectors of four whole numbers. */
export const i32x4 = {
  splat: unary<'i32', 'v128'>('v128', ...vector(17)),
  constant: (...numbers: number[]): Of<'v128'> =>
    value('v128', [...vector(12), ...new Uint8Array(Int32Array.from(numbers).buffer)]),
  shiftLeft: (operand: Of<'v128'>, by: number) => shiftVector(operand, by, 171),
  add: binary<'v128', 'v128'>('v128', ...vector(174)),
  /** Cut off towards zero, to the nearest that there is where it does not fit. */
  truncate: unary<'v128', 'v128'>('v128', ...vector(248)),
}

/** Vectors of two whole numbers. */
export const i64x2 = {
  shiftLeft: (operand: Of<'v128'>, by: number) => shiftVector(operand, by, 203),
  shiftRight: (operand: Of<'v128'>, by: number) => shiftVector(operand, by, 205),
  add: binary<'v128', 'v128'>('v128', ...vector(206)),
  subtract: binary<'v128', 'v128'>('v128', ...vector(209)),
}

/** Vectors of four numbers. */
export const f32x4 = {
  splat: unary<'f32', 'v128'>('v128', ...vector(19)),
  constant: (number: number): Of<'v128'> => {
    const bytes = float32Bytes(number)
    return value('v128', [...vector(12), ...bytes, ...bytes, ...bytes, ...bytes])
  },
  lessThan: binary<'v128', 'v128'>('v128', ...vector(67)),
  nearest: unary<'v128', 'v128'>('v128', ...vector(106)),
  absolute: unary<'v128', 'v128'>('v128', ...vector(224)),
  negate: unary<'v128', 'v128'>('v128', ...vector(225)),
  add: binary<'v128', 'v128'>('v128', ...vector(228)),
  subtract: binary<'v128', 'v128'>('v128', ...vector(229)),
  multiply: binary<'v128', 'v128'>('v128', ...vector(230)),
  divide: binary<'v128', 'v128'>('v128', ...vector(231)),
  /** The left number, unless the right one is smaller: one instruction, where the minimum of IEEE 754 takes several. */
  least: binary<'v128', 'v128'>('v128', ...vector(234)),
  /** The left number, unless the right one is larger. */
  greatest: binary<'v128', 'v128'>('v128', ...vector(235)),
}

/** Vectors of two numbers of 64 bits. */
export const f64x2 = {
  splat: unary<'f64', 'v128'>('v128', ...vector(20)),
  constant: (number: number): Of<'v128'> => {
    const bytes = float64Bytes(number)
    return value('v128', [...vector(12), ...bytes, ...bytes])
  },
  /** With another number in a lane. */
  withLane: (operand: Of<'v128'>, lane: number, number: Of<'f64'>): Of<'v128'> =>
    value('v128', [...operand.code, ...number.code, ...vector(34), lane]),
  /** The first two of four numbers of 32 bits. */
  promoteLow: unary<'v128', 'v128'>('v128', ...vector(95)),
  /** The first two of four whole numbers of 32 bits. */
  ofSigned: unary<'v128', 'v128'>('v128', ...vector(254)),
  ofUnsigned: unary<'v128', 'v128'>('v128', ...vector(255)),
  absolute: unary<'v128', 'v128'>('v128', ...vector(236)),
  add: binary<'v128', 'v128'>('v128', ...vector(240)),
  subtract: binary<'v128', 'v128'>('v128', ...vector(241)),
  multiply: binary<'v128', 'v128'>('v128', ...vector(242)),
  divide: binary<'v128', 'v128'>('v128', ...vector(243)),
  greatest: binary<'v128', 'v128'>('v128', ...vector(247)),
  lessThan: binary<'v128', 'v128'>('v128', ...vector(73)),
  atLeast: binary<'v128', 'v128'>('v128', ...vector(76)),
}

function shiftVector(operand: Of<'v128'>, by: number, opcode: number): Of<'v128'> {
  return value('v128', [...operand.code, 0x41, ...signed(by), ...vector(opcode)])
}
