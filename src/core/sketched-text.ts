const longestText = 100

/** A text as a sketch names it. */
export const sketchedText = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}…` : text
