import type { PipewrightError } from './errors.ts'
import { pipelineError } from './pipeline-errors.ts'
import { unsafeKey, type Json } from './pipeline.ts'

/** Where something stands in a text; both count from 1. */
export interface TextPlace {
  line: number
  column: number
}

export type JsonPath = readonly (string | number)[]

export interface ReadOptions {
  /** How deep lists and objects may be nested. */
  depth: number
}

/**
 * Strict JSON (RFC 8259), and stricter: no name twice in an object, no name that sets a prototype, no whole
 * number that a double would change. Throws a PipewrightError that names the line and the column.
 */
export function readJson(text: string, options: ReadOptions): Json {
  return new JsonReader(text, options.depth, []).readDocument()
}

/**
 * Where the value at a path begins (for a field, its name), in a text that `readJson` accepts; of a path that leads
 * nowhere, the last part that is there. A place in a list may be written as a text.
 */
export function placeInJson(text: string, path: JsonPath, options: ReadOptions): TextPlace {
  const reader = new JsonReader(text, options.depth, path)
  reader.readDocument()
  return placeAt(text, reader.found)
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordPattern = /[A-Za-z_$][\w$]*/y
const openQuote = 0x22
const backslash = 0x5c

class JsonReader {
  /** Offset of the last part of the wanted path that is there. */
  found = 0
  readonly #text: string
  readonly #depthLimit: number
  readonly #wanted: JsonPath
  #offset = 0

  constructor(text: string, depthLimit: number, wanted: JsonPath) {
    this.#text = text
    this.#depthLimit = depthLimit
    this.#wanted = wanted
    if (text.charCodeAt(0) === 0xfeff) this.#offset = 1
  }

  readDocument(): Json {
    this.#skipSpace()
    if (this.#offset === this.#text.length)
      throw this.#syntaxError('The file is empty', 'Restore it, or start a new pipeline.')
    const value = this.#readValue(0, true)
    this.#skipSpace()
    if (this.#offset < this.#text.length)
      throw this.#unexpected('Something stands after the end of the pipeline')
    return value
  }

  /** `onPath`: the wanted path leads through here. */
  #readValue(depth: number, onPath: boolean): Json {
    switch (this.#text.charAt(this.#offset)) {
      case '{':
        return this.#readObject(depth + 1, onPath)
      case '[':
        return this.#readArray(depth + 1, onPath)
      case '"':
        return this.#readString()
      default:
        return this.#readScalar()
    }
  }

  #readObject(depth: number, onPath: boolean): Json {
    const object: Record<string, Json> = {}
    this.#enter(depth)
    if (this.#take('}')) return object
    for (;;) {
      const keyOffset = this.#offset
      if (this.#text[keyOffset] !== '"') throw this.#unexpected('A name in double quotes is expected')
      const key = this.#readString()
      if (key === unsafeKey) throw pipelineError('forbidden-key', { key, ...this.#placeAt(keyOffset) })
      if (Object.hasOwn(object, key)) {
        throw pipelineError('duplicate-key', { key, ...this.#placeAt(keyOffset) })
      }
      this.#skipSpace()
      if (!this.#take(':')) throw this.#unexpected('A colon is expected after the name')
      const wanted = onPath && this.#wanted[depth - 1] === key
      if (wanted) this.found = keyOffset
      object[key] = this.#readValue(depth, wanted)
      if (!this.#continues('}')) return object
    }
  }

  #readArray(depth: number, onPath: boolean): Json {
    const array: Json[] = []
    this.#enter(depth)
    if (this.#take(']')) return array
    for (;;) {
      const wanted = onPath && String(this.#wanted[depth - 1]) === String(array.length)
      if (wanted) this.found = this.#offset
      array.push(this.#readValue(depth, wanted))
      if (!this.#continues(']')) return array
    }
  }

  #enter(depth: number): void {
    if (depth > this.#depthLimit) {
      throw pipelineError('too-deep', { depth: this.#depthLimit, ...this.#placeAt(this.#offset) })
    }
    this.#offset++
    this.#skipSpace()
  }

  /** After a member: past the comma to the next one, or past the closing bracket. */
  #continues(close: '}' | ']'): boolean {
    this.#skipSpace()
    if (this.#take(close)) return false
    const comma = this.#offset
    if (!this.#take(',')) throw this.#unexpected(`A comma or “${close}” is expected`)
    if (this.#text[this.#offset] === close) {
      throw this.#syntaxError(`A comma stands before “${close}”`, 'Remove the comma.', comma)
    }
    return true
  }

  #take(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false
    this.#offset++
    this.#skipSpace()
    return true
  }

  #readString(): string {
    const text = this.#text
    const start = this.#offset
    let escaped = false
    let offset = start + 1
    for (;;) {
      const code = text.charCodeAt(offset)
      if (code === openQuote) break
      if (code === backslash) {
        escaped = true
        offset += this.#escapeLength(offset)
      } else if (code >= 0x20) {
        offset++
      } else if (Number.isNaN(code) || code === 0x0a || code === 0x0d) {
        throw this.#syntaxError(
          'The text is not closed',
          'Put a double quote at its end; write \\n for a new line.',
          start,
        )
      } else {
        throw this.#syntaxError('A control character stands in a text', 'Write it as \\t or \\u00XX.', offset)
      }
    }
    this.#offset = offset + 1
    if (escaped) return JSON.parse(text.slice(start, offset + 1)) as string
    return text.slice(start + 1, offset)
  }

  #escapeLength(offset: number): number {
    const kind = this.#text[offset + 1]
    if (kind === 'u' && /^[0-9a-fA-F]{4}$/.test(this.#text.slice(offset + 2, offset + 6))) return 6
    if (kind !== undefined && '"\\/bfnrt'.includes(kind)) return 2
    throw this.#syntaxError(
      'A backslash is followed by what it cannot escape',
      'Write \\\\ for a backslash.',
      offset,
    )
  }

  #readScalar(): Json {
    const text = this.#text
    const start = this.#offset
    numberPattern.lastIndex = start
    if (numberPattern.test(text)) {
      this.#offset = numberPattern.lastIndex
      return this.#exactNumber(text.slice(start, this.#offset), start)
    }
    wordPattern.lastIndex = start
    const word = wordPattern.exec(text)?.[0]
    if (word === 'true' || word === 'false' || word === 'null') {
      this.#offset += word.length
      return word === 'null' ? null : word === 'true'
    }
    throw this.#unexpected('A value is expected')
  }

  #exactNumber(literal: string, start: number): number {
    const value = Number(literal)
    const isWhole = !/[.eE]/.test(literal)
    const isExact = !isWhole || Number.isSafeInteger(value) || String(value) === literal
    if (Number.isFinite(value) && isExact) return value
    throw pipelineError('inexact-number', { number: literal, ...this.#placeAt(start) })
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#offset)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#offset++
    }
  }

  /** What stands here instead, with the remedy for the slips that are common. */
  #unexpected(expectation: string): PipewrightError {
    const rest = this.#text.slice(this.#offset, this.#offset + 40)
    if (rest === '') {
      return this.#syntaxError(
        'The file ends too early',
        'Close what is open; the file may have been cut off.',
      )
    }
    if (/^(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/.test(rest)) {
      return this.#syntaxError(
        'A merge conflict is not resolved',
        'Keep one side and remove the conflict markers.',
      )
    }
    if (/^(?:\/\/|\/\*|#)/.test(rest)) {
      return this.#syntaxError(
        'A comment stands here; JSON has none',
        'Remove it, or put the remark into a node’s “note”.',
      )
    }
    if (rest.startsWith("'")) return this.#syntaxError('Single quotes stand here', 'Use double quotes.')
    const found = /^[\w$.+-]+|^./u.exec(rest)?.[0] ?? ''
    return this.#syntaxError(
      `${expectation}, but “${found}” stands here`,
      'Compare the line with those around it.',
    )
  }

  #syntaxError(problem: string, remedy: string, offset = this.#offset): PipewrightError {
    return pipelineError('syntax', { problem, remedy, ...this.#placeAt(offset) })
  }

  #placeAt(offset: number): { line: number; column: number } {
    return placeAt(this.#text, offset)
  }
}

function placeAt(text: string, offset: number): TextPlace {
  let line = 1
  let lineStart = 0
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', lineStart)) {
    line++
    lineStart = end + 1
  }
  return { line, column: offset - lineStart + 1 }
}
