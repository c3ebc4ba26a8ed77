import type { Pipeline } from '../core/pipeline.ts'

/** The wish, or the wish with the first number that makes it free. */
export function freeNodeId({ nodes }: Pipeline, wish: string): string {
  let id = wish
  for (let number = 2; Object.hasOwn(nodes, id); number++) id = `${wish}${number}`
  return id
}
