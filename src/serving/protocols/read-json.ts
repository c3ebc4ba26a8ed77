import { protocolError } from './errors.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The value of a JSON document in UTF-8. Also reads what Python writes for numbers that JSON cannot hold: `NaN` as
 * null, `Infinity` and `-Infinity` as themselves.
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = readText(bytes)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const mended = withoutSpecialNumbers(text)
    if (mended === text) throw protocolError('bad-json', { problem: (cause as Error).message }, { cause })
    return parseMended(mended)
  }
}

/** Throws where the bytes are not UTF-8. */
export function readText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw protocolError('bad-json', { problem: 'it is not UTF-8' }, { cause })
  }
}

function parseMended(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw protocolError('bad-json', { problem: (cause as Error).message }, { cause })
  }
}

/** Where a text begins, or perhaps one of the words. */
const nextPlace = /["NI]/g

/** By a single walk: a pattern for whole texts would need a stack as deep as they are long. */
function withoutSpecialNumbers(text: string): string {
  const parts: string[] = []
  let copied = 0
  nextPlace.lastIndex = 0
  for (let place = nextPlace.exec(text); place; place = nextPlace.exec(text)) {
    const at = place.index
    if (text[at] === '"') {
      nextPlace.lastIndex = endOfText(text, at)
      continue
    }
    const word = text[at] === 'N' ? 'NaN' : 'Infinity'
    if (!text.startsWith(word, at)) continue
    // A number beyond the range of doubles is read as infinite.
    parts.push(text.slice(copied, at), word === 'NaN' ? 'null' : '1e999')
    copied = at + word.length
    nextPlace.lastIndex = copied
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(copied)
}

/** The place behind the closing quote of the text that begins at a place; the end where there is none. */
function endOfText(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}
