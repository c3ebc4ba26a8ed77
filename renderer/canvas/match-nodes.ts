import type { NodeDescription } from '../../src/contract/nodes-contract.ts'

/** Node types for what was typed, the best first: by the beginning of the title, its words, keywords, then the rest. */
export function matchNodes(nodes: readonly NodeDescription[], typed: string): NodeDescription[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...nodes]
  return nodes
    .map((node) => ({ node, rank: Math.max(...words.map((word) => rankOf(node, word))) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .toSorted((a, b) => a.rank - b.rank || a.node.title.localeCompare(b.node.title))
    .map(({ node }) => node)
}

/** Infinite where a word is nowhere. */
function rankOf({ title, keywords, id, summary }: NodeDescription, word: string): number {
  const name = title.toLowerCase()
  if (name.startsWith(word)) return 0
  if (name.includes(` ${word}`)) return 1
  if (keywords.some((keyword) => keyword.toLowerCase().startsWith(word))) return 2
  if (name.includes(word) || id.includes(word)) return 3
  return summary.toLowerCase().includes(word) ? 4 : Number.POSITIVE_INFINITY
}
