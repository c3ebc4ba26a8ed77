/** What a model of the registry may be called. */
export const registeredName = {
  pattern: /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,127}$/u,
  words: 'Letters, digits, “.”, “_” and “-”, beginning with a letter or digit, at most 128.',
}

/** The nearest to a text that a model may be called; “model” where nothing of it is left. */
export function asRegisteredName(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[._-]+/u, '')
  // By characters, not by halves of them.
  return (
    Array.from(plain)
      .slice(0, 64)
      .join('')
      .replace(/[._-]+$/u, '') || 'model'
  )
}
