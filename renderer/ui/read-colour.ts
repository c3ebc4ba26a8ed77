/** The colour that a token such as `--accent` has right now, as `rgb(…)`: for what draws on a canvas itself. */
export function readColour(token: `--${string}`): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
