import { stripVTControlCharacters } from 'node:util'

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
// Wide and fullwidth ranges of Unicode's EastAsianWidth.txt, rounded to blocks, and pictographs.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const plain = /^[\u0020-\u007e]*$/

/** Columns that a text takes on a terminal, colours aside. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) {
    if (/^\p{M}*$/u.test(segment)) continue
    width += wide.test(segment) ? 2 : 1
  }
  return width
}

/** The beginning of a text that has no colours, with an ellipsis where something was cut off. */
export function clipText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width <= 0) return ''
  let clipped = ''
  let used = 1
  for (const { segment } of segmenter.segment(text)) {
    used += textWidth(segment)
    if (used > width) break
    clipped += segment
  }
  return `${clipped}…`
}

export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** Names and notes come from files: what would steer the terminal is taken out. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/(?![\t\n])\p{Cc}/gu, '')
}
