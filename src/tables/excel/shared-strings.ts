import { scanXml, type XmlVisitor } from './scan-xml.ts'

/** The texts that cells refer to by number; how pieces of them look, and their phonetic readings, are left out. */
export async function readSharedStrings(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = []
  const text = new TextCollector()
  const visitor: XmlVisitor = {
    open: (name) => text.open(name),
    close(name) {
      text.close(name)
      if (name === 'si') texts.push(text.take())
    },
    text: (piece) => text.add(piece),
  }
  for await (const _ of scanXml(chunks, visitor)) continue
  return texts
}

/** Collects the text of a string item: its `t` elements, without those of phonetic runs. */
export class TextCollector {
  #isInText = false
  #isPhonetic = false
  #text = ''

  open(name: string): void {
    if (name === 't') this.#isInText = !this.#isPhonetic
    else if (name === 'rPh') this.#isPhonetic = true
  }

  close(name: string): void {
    if (name === 't') this.#isInText = false
    else if (name === 'rPh') this.#isPhonetic = false
  }

  add(piece: string): void {
    if (this.#isInText) this.#text += piece
  }

  take(): string {
    const text = unescapeCharacters(this.#text)
    this.#text = ''
    return text
  }
}

/** Characters that XML cannot hold stand as `_x0007_` (ECMA-376 part 1, 22.9.2.19). */
export function unescapeCharacters(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
