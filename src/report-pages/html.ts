/** A piece of HTML; what is put into one by `html` is escaped unless it is one itself. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Piece = Html | string | number | null | readonly (Html | string | number)[]

/** Puts values into HTML as texts, pieces of HTML as they are, lists one after the other. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(parts.map((part, index) => withoutIndents(part) + shown(values[index] ?? null)).join(''))
}

function withoutIndents(part: string): string {
  return part.replaceAll(/\s*\n\s*/g, ' ').replaceAll('> <', '><')
}

function shown(value: Piece): string {
  if (value === null) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(shown).join('')
  return escapeHtml(String(value))
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
