interface Box {
  x: number
  y: number
  width: number
  height: number
}

interface Drawn {
  position: { x: number; y: number }
  measured?: { width?: number; height?: number }
}

/** Around a drawing, as a share of its size. */
const margin = 0.04

/** All nodes as one path, and the box around them in the proportions of a map. */
export function overviewOf(
  nodes: readonly Drawn[],
  map: { width: number; height: number },
): { box: Box; path: string } {
  let path = ''
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { position, measured } of nodes) {
    const { x, y } = position
    const { width = 0, height = 0 } = measured ?? {}
    path += `M${x} ${y}h${width}v${height}h${-width}z`
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  if (path === '') return { box: { x: 0, y: 0, ...map }, path }
  const scale = (1 + 2 * margin) * Math.max((right - left) / map.width, (bottom - top) / map.height)
  const width = map.width * scale
  const height = map.height * scale
  return {
    box: { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height },
    path,
  }
}
