import { compile, instantiate, ownMemory } from '../../core/webassembly/engine.ts'
import type { FunctionBody, Local } from '../../core/webassembly/function-body.ts'
import { defineFunction, encodeModule, type WasmFunction } from '../../core/webassembly/module.ts'
import { i32, i64, i8x16, v128, type Value } from '../../core/webassembly/value.ts'
import { HAS_OTHERS, HAS_POINT } from './csv-scanner.ts'
import { IS_LONG, LONG, SHORT } from './digits-seen.ts'
import type { Dialect } from './read-options.ts'

const LF = 10
const CR = 13

/** Of a field: it begins or ends with what may be a space. */
const HAS_EDGE = 8

/** So many bytes are looked at together. */
const BLOCK = 64

/** More bytes than this, of whole records, are passed over in several calls. */
export const WINDOW_BYTES = 1 << 18
const PAGES = 8

export interface PlainRecordsShape {
  dialect: Dialect
  width: number
  lineEnd: '\n' | '\r\n'
}

/** Passes over plain records in its own memory, 64 bytes at a time, by masks with a bit for each. */
export interface PlainRecordsKernel {
  /** Where bytes are to be put. */
  window: Uint8Array
  /** Of each column, HAS_POINT, HAS_OTHERS and IS_LONG, of all fields that were passed over. */
  marks: Uint8Array
  /** Columns where a space at the outside of a field is nothing new; other records with one are not passed over. */
  knownSpaces: Uint8Array
  /**
   * Passes over records from `start` in the window to before `end`, at most so many: says how many, and where the first
   * that it does not pass over starts.
   */
  pass(range: { start: number; end: number; most: number }): { passed: number; next: number }
}

/** Where things lie in the memory of a kernel of so many columns. */
function placesFor(width: number): { passed: number; marks: number; knownSpaces: number; window: number } {
  const columns = BLOCK * Math.ceil(width / BLOCK)
  return { passed: 0, marks: BLOCK, knownSpaces: BLOCK + columns, window: BLOCK + 2 * columns }
}

/** Null where a record has so many columns that a record hardly fits. */
export function openPlainRecordsKernel(shape: PlainRecordsShape): PlainRecordsKernel | null {
  const { width } = shape
  const at = placesFor(width)
  if (at.window > WINDOW_BYTES / 2) return null
  const memory = ownMemory(PAGES)
  const pass = instantiate(compile(encodeModule([passRecords(shape)], 'own')), memory)['passRecords'] as (
    start: number,
    end: number,
    most: number,
  ) => number
  const passed = new Uint32Array(memory.buffer, at.passed, 1)
  const window = new Uint8Array(memory.buffer, at.window, WINDOW_BYTES)
  // What is looked at beyond the end is no part of any record.
  const rest = new Uint8Array(memory.buffer, at.window, WINDOW_BYTES + BLOCK)
  return {
    window,
    marks: new Uint8Array(memory.buffer, at.marks, width),
    knownSpaces: new Uint8Array(memory.buffer, at.knownSpaces, width),
    pass({ start, end, most }) {
      rest.fill(0, end, end + BLOCK)
      const next = pass(at.window + start, at.window + end, most) - at.window
      return { passed: passed[0]!, next }
    },
  }
}

/** What the bytes of a block are: a bit for each, the first the lowest. */
interface Masks {
  /** Ends of fields: delimiters and beginnings of line ends. */
  ends: Local<'i64'>
  lineEnds: Local<'i64'>
  /** What a field follows on: delimiters and line feeds. */
  before: Local<'i64'>
  points: Local<'i64'>
  others: Local<'i64'>
  /** What may be a space. */
  spaces: Local<'i64'>
  /** What no plain record has. */
  strange: Local<'i64'>
}

const one = i64.constant(1)
const zero = i64.constant(0)
const isAny = (mask: Value<'i64'>): Value<'i32'> => i64.notEqual(mask, zero)
const below = (bit: Value<'i64'>): Value<'i64'> => i64.subtract(bit, one)
const lowest = (mask: Value<'i64'>): Value<'i64'> => i64.and(mask, i64.subtract(zero, mask))
const not = (mask: Value<'i64'>): Value<'i64'> => i64.xor(mask, i64.constant(-1))
/** A mark where it holds, else 0. */
const markedIf = (isSo: Value<'i32'>, mark: number): Value<'i32'> => i32.multiply(isSo, i32.constant(mark))

function passRecords({ dialect, width, lineEnd }: PlainRecordsShape): WasmFunction {
  const at = placesFor(width)
  const hasPairs = lineEnd === '\r\n'
  const declaration = {
    name: 'passRecords',
    parameters: { start: 'i32', end: 'i32', most: 'i32' },
    result: 'i32',
  } as const
  return defineFunction(declaration, (body, { start, end, most }) => {
    const block = body.local('i32', start)
    const record = body.local('i32', start)
    const field = body.local('i32', start)
    const column = body.local('i32')
    const passed = body.local('i32')
    /** Of the field so far. */
    const marks = body.local('i32')
    const firstBytes = body.local('i64')
    const lastSpaces = body.local('i64')
    const isAfterEnd = body.local('i64', one)
    const isAfterSpace = body.local('i64')
    const rest = body.local('i64')
    const bit = body.local('i64')
    const inField = body.local('i64')
    const place = body.local('i32')
    const masks = masksIn(body)
    const stop = (): void => {
      body.store(i32.constant(at.passed), passed)
      body.return(record)
    }
    const stopUnless = (isSo: Value<'i32'>): void => body.when(i32.equal(isSo, i32.constant(0)), stop)
    const mark = (bytes: Value<'i64'>, spaces: Value<'i64'>): void => {
      body.set(marks, i32.or(marks, markedIf(isAny(i64.and(masks.others, bytes)), HAS_OTHERS)))
      body.set(marks, i32.or(marks, markedIf(isAny(i64.and(masks.points, bytes)), HAS_POINT)))
      body.set(marks, i32.or(marks, markedIf(isAny(spaces), HAS_EDGE)))
    }
    const endField = (): void => {
      const length = i32.subtract(place, field)
      mark(inField, i64.or(i64.and(firstBytes, inField), i64.and(lastSpaces, bit)))
      body.set(marks, i32.or(marks, markedIf(i32.lessThan(i32.constant(SHORT), length), IS_LONG)))
      body.set(marks, i32.or(marks, markedIf(i32.lessThan(i32.constant(LONG), length), HAS_OTHERS)))
      const isKnown = i32.load8(column, at.knownSpaces)
      const isEdgeNew = i32.lessThan(
        i32.multiply(isKnown, i32.constant(HAS_EDGE)),
        i32.and(marks, i32.constant(HAS_EDGE)),
      )
      body.when(isEdgeNew, stop)
      body.store8(column, i32.or(i32.load8(column, at.marks), marks), at.marks)
      body.set(marks, i32.constant(0))
      body.set(column, i32.add(column, i32.constant(1)))
      body.set(field, i32.add(place, i32.constant(1)))
    }
    const endRecord = (): void => {
      stopUnless(i32.equal(column, i32.constant(width)))
      if (hasPairs) {
        stopUnless(i32.equal(i32.load8(place, 1), i32.constant(LF)))
        body.set(field, i32.add(field, i32.constant(1)))
      }
      body.set(column, i32.constant(0))
      body.set(record, field)
      body.set(passed, i32.add(passed, i32.constant(1)))
      body.when(i32.equal(passed, most), stop)
    }
    body.repeatWhile(i32.lessThan(block, end), () => {
      readMasks(body, masks, { block, dialect, hasPairs })
      body.set(firstBytes, i64.and(masks.spaces, i64.or(i64.shiftLeft(masks.before, one), isAfterEnd)))
      body.set(lastSpaces, i64.and(masks.ends, i64.or(i64.shiftLeft(masks.spaces, one), isAfterSpace)))
      body.when(isAny(masks.strange), () =>
        body.set(masks.ends, i64.and(masks.ends, below(lowest(masks.strange)))),
      )
      body.set(rest, i64.constant(-1))
      body.repeatWhile(isAny(masks.ends), () => {
        body.set(bit, lowest(masks.ends))
        body.set(inField, i64.and(below(bit), rest))
        body.set(rest, not(i64.or(below(bit), bit)))
        body.set(place, i32.add(block, i32.wrap(i64.lowestOne(masks.ends))))
        endField()
        body.when(isAny(i64.and(masks.lineEnds, bit)), endRecord)
        // A record has no more fields than columns.
        body.when(i32.equal(column, i32.constant(width)), stop)
        body.set(masks.ends, i64.xor(masks.ends, bit))
      })
      body.when(isAny(masks.strange), stop)
      mark(rest, i64.and(firstBytes, rest))
      body.set(isAfterEnd, i64.shiftRight(masks.before, i64.constant(BLOCK - 1)))
      body.set(isAfterSpace, i64.shiftRight(masks.spaces, i64.constant(BLOCK - 1)))
      body.set(block, i32.add(block, i32.constant(BLOCK)))
    })
    body.store(i32.constant(at.passed), passed)
    body.result(record)
  })
}

function masksIn(body: FunctionBody): Masks {
  return {
    ends: body.local('i64'),
    lineEnds: body.local('i64'),
    before: body.local('i64'),
    points: body.local('i64'),
    others: body.local('i64'),
    spaces: body.local('i64'),
    strange: body.local('i64'),
  }
}

function readMasks(
  body: FunctionBody,
  masks: Masks,
  { block, dialect, hasPairs }: { block: Local<'i32'>; dialect: Dialect; hasPairs: boolean },
): void {
  const { delimiter, quote } = dialect
  const bytes = body.local('v128')
  const ends = body.local('v128')
  const feeds = body.local('v128')
  const returns = body.local('v128')
  const points = body.local('v128')
  const strange = body.local('v128')
  const known = body.local('v128')
  const isAfterReturn = body.local('i64')
  const is = (byte: number): Value<'v128'> => i8x16.equal(bytes, body.keep(i8x16.constant(byte)))
  const isText = (text: string): Value<'v128'> => is(text.charCodeAt(0))
  const isDigit = i8x16.atMost(
    i8x16.subtract(bytes, body.keep(i8x16.constant(48))),
    body.keep(i8x16.constant(9)),
  )
  for (const mask of Object.values(masks) as Local<'i64'>[]) body.set(mask, zero)
  for (let part = 0; part < BLOCK; part += 16) {
    const note = (mask: Local<'i64'>, found: Value<'v128'>): void =>
      body.set(
        mask,
        i64.or(mask, i64.shiftLeft(i64.extendUnsigned(i8x16.bitmask(found)), i64.constant(part))),
      )
    body.set(bytes, v128.load(block, part))
    body.set(feeds, is(LF))
    body.set(returns, is(CR))
    body.set(ends, v128.or(isText(delimiter), hasPairs ? returns : feeds))
    body.set(points, isText('.'))
    body.set(strange, v128.or(is(0), quote === null ? is(0) : isText(quote)))
    if (!hasPairs) body.set(strange, v128.or(strange, returns))
    body.set(known, v128.or(v128.or(ends, feeds), v128.or(returns, strange)))
    note(masks.ends, ends)
    note(masks.lineEnds, hasPairs ? returns : feeds)
    if (hasPairs) note(masks.before, feeds)
    note(masks.points, points)
    note(masks.others, v128.not(v128.or(known, v128.or(points, v128.or(isDigit, isText('-'))))))
    note(masks.spaces, v128.and(i8x16.lessThanSigned(bytes, body.keep(i8x16.constant(33))), v128.not(known)))
    note(masks.strange, strange)
  }
  if (!hasPairs) {
    body.set(masks.before, masks.ends)
    return
  }
  const wanted = i64.or(i64.shiftLeft(masks.lineEnds, one), isAfterReturn)
  body.set(masks.strange, i64.or(masks.strange, i64.and(masks.before, not(wanted))))
  body.set(isAfterReturn, i64.shiftRight(masks.lineEnds, i64.constant(BLOCK - 1)))
  body.set(masks.before, i64.or(masks.before, i64.xor(masks.ends, masks.lineEnds)))
}
