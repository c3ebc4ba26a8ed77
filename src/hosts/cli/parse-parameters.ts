import { usageError } from './errors.ts'

/** `name=value` texts as a record. Each name may stand once. */
export function parseParameters(texts: readonly string[]): Record<string, string> {
  const entries = texts.map((text) => {
    const end = text.indexOf('=')
    if (end < 1) throw usageError('bad-param', { text })
    return [text.slice(0, end).trim(), text.slice(end + 1)] as const
  })
  const names = entries.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) throw usageError('param-twice', { name: twice })
  return Object.fromEntries(entries)
}
