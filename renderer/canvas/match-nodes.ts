import type { NodeDescription } from '../../src/contract/nodes-contract.ts'

/** Node types for what was typed, the best first: by the beginning of the title, its words, keywords, then the rest. */
export function matchNodes(nodes: readonly NodeDescription[], typed: string): NodeDescription[] {
  return nodes
    .map((node) => ({ node, rank: matchRank(node, typed) }))
    .filter(({ rank }) => Number.isFinite(rank))
    .toSorted((a, b) => a.rank - b.rank || a.node.title.localeCompare(b.node.title))
    .map(({ node }) => node)
}

/** 0 is best; infinite where one of the words that were typed is nowhere. */
export function matchRank(node: NodeDescription, typed: string): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return Math.max(0, ...words.map((word) => rankOf(node, word)))
}

function rankOf({ title, keywords, id, summary }: NodeDescription, word: string): number {
  const name = title.toLowerCase()
  if (name.startsWith(word)) return 0
  if (name.includes(` ${word}`)) return 1
  if (keywords.some((keyword) => keyword.toLowerCase().startsWith(word))) return 2
  if (name.includes(word) || id.includes(word)) return 3
  return summary.toLowerCase().includes(word) ? 4 : Number.POSITIVE_INFINITY
}
