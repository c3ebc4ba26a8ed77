import { isUtf8 } from 'node:buffer'
import { serverError } from './errors.ts'

/** The JSON of a body. Whoever takes it must not walk into it without end: it may be nested as deep as it is long. */
export function parseJson(bytes: unknown): unknown {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0)
    throw serverError('bad-json', { problem: 'there is none' })
  if (!isUtf8(bytes)) throw serverError('bad-json', { problem: 'it is not UTF-8' })
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw serverError('bad-json', { problem: (cause as Error).message }, { cause })
  }
}
