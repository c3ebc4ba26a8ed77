import type { VoteTable } from './label-model.ts'

/** Shares of all rows, for one function. */
export interface VoteShares {
  /** On which it votes. */
  coverage: number
  /** On which it and another vote. */
  overlap: number
  /** On which it and another vote for different classes. */
  conflict: number
  /** Votes by class. */
  votes: number[]
}

/** What functions do beside each other, in the terms of Ratner et al. (“Snorkel”, 2017). */
export function voteShares({ rows, functions, classes, votes }: VoteTable): VoteShares[] {
  return Array.from({ length: functions }, (_, own) => {
    const counts = { covered: 0, overlapping: 0, conflicting: 0 }
    const byClass = Array.from({ length: classes }, () => 0)
    for (let row = 0; row < rows; row++) {
      const all = votes.subarray(row * functions, (row + 1) * functions)
      const vote = all[own]!
      if (vote === 0) continue
      byClass[vote - 1]! += 1
      counts.covered += 1
      if (all.some((other, index) => index !== own && other !== 0)) counts.overlapping += 1
      if (all.some((other) => other !== 0 && other !== vote)) counts.conflicting += 1
    }
    const share = (count: number): number => (rows === 0 ? 0 : count / rows)
    return {
      coverage: share(counts.covered),
      overlap: share(counts.overlapping),
      conflict: share(counts.conflicting),
      votes: byClass,
    }
  })
}
