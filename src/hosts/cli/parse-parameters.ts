import { usageError } from './errors.ts'

/** `name=value` texts as a record; the last of a name counts. */
export function parseParameters(texts: readonly string[]): Record<string, string> {
  const entries = texts.map((text) => {
    const end = text.indexOf('=')
    if (end < 1) throw usageError('bad-param', { text })
    return [text.slice(0, end).trim(), text.slice(end + 1)] as const
  })
  return Object.fromEntries(entries)
}
