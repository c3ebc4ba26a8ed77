/** The colour that a token such as `--accent` has right now, as `rgb(…)`: for what draws on a canvas itself. */
export function readColour(token: `--${string}`): string {
  return resolveColour(`var(${token})`)
}

/** What any colour of a style sheet, mixed from tokens, comes to right now. */
export function resolveColour(colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
