/** A column or table name as a DuckDB identifier. */
export function quoteName(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`
}

/** A text as a DuckDB string literal. */
export function quoteText(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`
}

/** A list of texts as a DuckDB list literal. */
export function quoteTexts(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(', ')}]`
}

// A statement ends at NUL, so a quoted text that held one would be cut open there.
function withoutNul(text: string): string {
  if (text.includes('\0')) throw new TypeError('a quoted text cannot hold the character NUL')
  return text
}
