import { textWidth } from './text-width.ts'

/** Lines of words that fit; a word that does not fit stands alone. */
export function wrapText(text: string, options: { width: number; indent?: number }): string[] {
  const { width, indent = 0 } = options
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer) > width - indent) {
      lines.push(line)
      line = word
    } else line = longer
  }
  if (line !== '') lines.push(line)
  return lines.map((each) => ' '.repeat(indent) + each)
}
