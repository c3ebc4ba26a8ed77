import { ZipProblem } from './zip-archive.ts'

/** What a document is made of, in its order; names are without their namespace. */
export interface XmlVisitor {
  open(name: string, tag: XmlTag): void
  close(name: string): void
  text(text: string): void
}

// A cell has at most 32 767 characters, each of which may be written as an entity.
const MAX_PIECE = 4 << 20

/**
 * Goes through XML as far as spreadsheets use it: elements, attributes, texts, CDATA; comments and instructions are
 * passed over, a document type (with which texts can be made to explode) is refused. The visitor is called for what
 * each piece of bytes completes, then the generator yields, so that rows can be taken away and the reading be stopped.
 */
export async function* scanXml(chunks: AsyncIterable<Uint8Array>, visitor: XmlVisitor): AsyncIterable<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + decode(() => decoder.decode(chunk, { stream: true }))
    rest = text.slice(visitPieces(text, visitor))
    if (rest.length > MAX_PIECE)
      throw new ZipProblem('damaged', 'a text in it is longer than any cell may be')
    yield
  }
  const last = rest + decode(() => decoder.decode())
  if (last.slice(visitPieces(last, visitor)).trim() !== '') {
    throw new ZipProblem('damaged', 'a sheet or list in it ends too early')
  }
}

function decode(work: () => string): string {
  try {
    return work()
  } catch {
    throw new ZipProblem('damaged', 'there are bytes in it that are no characters')
  }
}

/** Visits what is whole; where the rest starts. */
function visitPieces(text: string, visitor: XmlVisitor): number {
  let at = 0
  for (;;) {
    const open = text.indexOf('<', at)
    if (open < 0) return at
    if (open > at) visitor.text(unescapeXml(text.slice(at, open)))
    const end = visitTag(text, open, visitor)
    if (end < 0) return open
    at = end
  }
}

/** Where a tag ends, or -1 where it does not. */
function visitTag(text: string, open: number, visitor: XmlVisitor): number {
  if (text.startsWith('<!', open)) return visitDeclaration(text, open, visitor)
  if (text.startsWith('<?', open)) return endOf(text, '?>', open)
  const close = tagEnd(text, open)
  if (close < 0) return -1
  if (text.charCodeAt(open + 1) === 47) {
    visitor.close(localName(text.slice(open + 2, close).trimEnd()))
  } else {
    const isEmpty = text.charCodeAt(close - 1) === 47
    const tag = new XmlTag(text.slice(open + 1, isEmpty ? close - 1 : close))
    visitor.open(tag.name, tag)
    if (isEmpty) visitor.close(tag.name)
  }
  return close + 1
}

function visitDeclaration(text: string, open: number, visitor: XmlVisitor): number {
  if (text.startsWith('<!--', open)) return endOf(text, '-->', open + 4)
  if (text.startsWith('<![CDATA[', open)) {
    const end = endOf(text, ']]>', open)
    if (end > 0) visitor.text(text.slice(open + 9, end - 3))
    return end
  }
  if (text.length - open < 9) return -1
  throw new ZipProblem('damaged', 'there is a document type in it')
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** The `>` of a tag: one outside its quoted attributes. */
function tagEnd(text: string, open: number): number {
  let end = text.indexOf('>', open)
  for (let at = open; end >= 0;) {
    const quote = firstQuote(text, at, end)
    if (quote < 0) return end
    const closing = text.indexOf(text[quote]!, quote + 1)
    if (closing < 0) return -1
    if (closing > end) end = text.indexOf('>', closing)
    at = closing + 1
  }
  return -1
}

function firstQuote(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 34 || code === 39) return at
  }
  return -1
}

/** A start tag, whose attributes are looked up as they are wanted. */
export class XmlTag {
  readonly name: string
  readonly #text: string

  constructor(text: string) {
    const [whole = ''] = /^[^\s]+/.exec(text) ?? []
    this.name = localName(whole)
    this.#text = text
  }

  /** An attribute by its local name. */
  get(name: string): string | undefined {
    const text = this.#text
    for (let at = 0; ;) {
      const equals = text.indexOf('=', at)
      if (equals < 0) return undefined
      const quote = firstQuote(text, equals, text.length)
      const close = quote < 0 ? -1 : text.indexOf(text[quote]!, quote + 1)
      if (close < 0) return undefined
      const written = text.slice(at, equals).trim().split(/\s/).at(-1)!
      if (localName(written) === name) return unescapeXml(text.slice(quote + 1, close))
      at = close + 1
    }
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return named[name as string]!
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
