import { expressionError, placeIn } from './errors.ts'

export type Token = { at: number; end: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  /** A name without quotes: a column, a function or a keyword. */
  | { kind: 'name'; name: string }
  | { kind: 'quoted-name'; name: string }
  | { kind: 'symbol'; symbol: string }
  | { kind: 'end' }
)

const spacePattern = /\s+/uy
const numberPattern = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy
const namePattern = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy
const symbolPattern = /<>|<=|>=|==|!=|[-+*/%^=<>(),]/uy
/** What other languages write, said in ours. */
const hints: Readonly<Record<string, string>> = {
  '&': 'Write “and”; to join texts write concat(a, b).',
  '|': 'Write “or”; to join texts write concat(a, b).',
  '!': 'Write “not”.',
  '?': 'Write if(condition, value, other value).',
  '[': 'Put the name of a column in double quotes: "its name".',
  '`': 'Put the name of a column in double quotes: "its name".',
  '“': 'Use straight quotes: "a column" and \'a text\'.',
  '”': 'Use straight quotes: "a column" and \'a text\'.',
  '‘': 'Use straight quotes: "a column" and \'a text\'.',
  '’': 'Use straight quotes: "a column" and \'a text\'.',
  '.': 'Put the name of a column that is not one plain word in double quotes: "its name".',
}
const otherwise =
  'Remove it; put the name of a column that is not one plain word in double quotes: "its name".'

/** The words of an expression, ended by one of kind `end`. Throws `expression` errors. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  while ((at += match(spacePattern)?.length ?? 0) < text.length) {
    const token = readQuoted(text, at) ?? readPlain(text, at, match)
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'end', at: text.length, end: text.length })
  return tokens
}

function readPlain(text: string, at: number, match: (pattern: RegExp) => string | undefined): Token {
  const number = match(numberPattern)
  if (number !== undefined) return readNumber(text, at, number)
  const name = match(namePattern)
  if (name !== undefined) return { kind: 'name', name, at, end: at + name.length }
  const symbol = match(symbolPattern)
  if (symbol !== undefined) return { kind: 'symbol', symbol, at, end: at + symbol.length }
  const character = String.fromCodePoint(text.codePointAt(at)!)
  throw expressionError('bad-character', {
    ...placeIn(text, at),
    character,
    hint: hints[character] ?? otherwise,
  })
}

function readNumber(text: string, at: number, digits: string): Token {
  const rest = /^[\p{L}\p{M}\p{N}_.]*/u.exec(text.slice(at + digits.length))![0]
  const value = Number(digits)
  if (rest !== '' || !Number.isFinite(value))
    throw expressionError('bad-number', { ...placeIn(text, at), number: digits + rest })
  return { kind: 'number', value, at, end: at + digits.length }
}

function readQuoted(text: string, at: number): Token | null {
  const mark = text[at]
  if (mark !== "'" && mark !== '"') return null
  let end = at + 1
  for (; ; end++) {
    end = text.indexOf(mark, end)
    if (end === -1) {
      const what = mark === "'" ? 'text' : 'name of a column'
      throw expressionError('unclosed', { ...placeIn(text, at), what, mark })
    }
    if (text[end + 1] !== mark) break
    end++
  }
  const content = text.slice(at + 1, end).replaceAll(mark + mark, mark)
  if (content.includes('\0') || !content.isWellFormed()) throw expressionError('bad-text', placeIn(text, at))
  const place = { at, end: end + 1 }
  return mark === "'"
    ? { kind: 'text', value: content, ...place }
    : { kind: 'quoted-name', name: content, ...place }
}
