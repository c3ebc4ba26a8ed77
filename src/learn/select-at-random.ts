import type { Random } from '../tables/random.ts'

/**
 * Picks exactly `count` of the numbers 0 … `from` − 1, each set being equally likely, in ascending order
 * (selection sampling, Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).
 */
export function selectAtRandom(options: { count: number; from: number; random: Random }): Uint32Array {
  const { count, from, random } = options
  const selected = new Uint32Array(count)
  let taken = 0
  for (let index = 0; taken < count; index++) {
    if (random.unit() * (from - index) < count - taken) selected[taken++] = index
  }
  return selected
}
