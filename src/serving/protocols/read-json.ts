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

/** Texts are matched too, so that words within them stay as they are. */
const textOrSpecialNumber = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs

function withoutSpecialNumbers(text: string): string {
  return text.replace(textOrSpecialNumber, (found) => {
    if (found === 'NaN') return 'null'
    // A number beyond the range of doubles is read as infinite.
    return found.startsWith('"') ? found : found.replace('Infinity', '1e999')
  })
}
