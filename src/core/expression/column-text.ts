import { keywords } from './parse-expression.ts'

/** How an expression names a column: as it is, or in double quotes where it would read as something else. */
export function columnText(name: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name) && !keywords.has(name.toLowerCase())
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`
}
