const quotedTexts = new Map<string, string>()
const mostQuoted = 1_000

/** As JSON; labels and names come again and again. */
export function quotedText(text: string): string {
  const known = quotedTexts.get(text)
  if (known !== undefined) return known
  const made = JSON.stringify(text)
  if (quotedTexts.size < mostQuoted) quotedTexts.set(text, made)
  return made
}
