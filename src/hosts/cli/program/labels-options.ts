import { InvalidArgumentError } from 'commander'
import type { Ranking } from '../../../contract/labelling-contract.ts'
import type { ListOptions } from './options.ts'

interface LabelsOptions extends ListOptions {
  deployment: string
}
export interface ImportLabelsOptions extends LabelsOptions {
  label: string
  id: string
  key?: string[]
  request?: string
  newest: boolean
  source: string
  left?: string
}
export interface QueueOptions extends LabelsOptions {
  by: Ranking
  limit: number
}
export interface VoteOptions extends LabelsOptions {
  functions?: string
  take: boolean
  atLeast: number
}

/** Reasons to look at a row. */
export const rankingChoices = ['uncertainty', 'disagreement', 'novelty'] as const satisfies readonly Ranking[]

export function sureProbability(text: string): number {
  const value = Number(text)
  if (!(value > 0.5 && value <= 1)) throw new InvalidArgumentError('Give a number above 0.5, and at most 1.')
  return value
}
