import { compareCodePoints } from '../../core/compare-code-points.ts'

/** Letters, digits and “_”, two or more: the tokens of scikit-learn's default pattern, as RE2 writes it. */
export const tokenPattern = String.raw`[\p{L}\p{N}_][\p{L}\p{N}_]+`

/** In how many texts each term stands, and how often altogether. */
export class TermCounts {
  readonly #words: readonly [fewest: number, most: number]
  readonly #lowerCase: boolean
  readonly #terms = new Map<string, { texts: number; times: number }>()
  readonly #pattern = new RegExp(tokenPattern, 'gu')
  texts = 0

  constructor({ words, lowerCase }: { words: readonly [number, number]; lowerCase: boolean }) {
    this.#words = words
    this.#lowerCase = lowerCase
  }

  /** A text that is missing counts as one without terms. */
  add(text: string): void {
    this.texts++
    const seen = new Map<string, number>()
    for (const term of this.#termsOf(text)) seen.set(term, (seen.get(term) ?? 0) + 1)
    for (const [term, times] of seen) {
      const known = this.#terms.get(term)
      if (known) {
        known.texts++
        known.times += times
      } else this.#terms.set(term, { texts: 1, times })
    }
  }

  /** The most frequent terms, in the order of code points; of equally frequent ones the first in that order. */
  chosen(limits: { maximumTerms: number; minimumRows: number }): { term: string; texts: number }[] {
    return Array.from(this.#terms, ([term, counts]) => ({ term, ...counts }))
      .filter(({ texts }) => texts >= limits.minimumRows)
      .sort((a, b) => b.times - a.times || compareCodePoints(a.term, b.term))
      .slice(0, limits.maximumTerms)
      .sort((a, b) => compareCodePoints(a.term, b.term))
      .map(({ term, texts }) => ({ term, texts }))
  }

  *#termsOf(text: string): Iterable<string> {
    // What ONNX can do: letters beyond A to Z keep their case.
    const known = this.#lowerCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
    const tokens = known.match(this.#pattern) ?? []
    const [fewest, most] = this.#words
    for (let length = fewest; length <= most; length++)
      for (let at = 0; at + length <= tokens.length; at++) yield tokens.slice(at, at + length).join(' ')
  }
}
