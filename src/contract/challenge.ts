/** How two models do on the same rows. `gain` is by how much the challenger is better, whichever way the metric goes. */
export interface MeasuredRows {
  rows: number
  /** Left out, as a model had learned from rows like them. */
  excluded: number
  champion: number
  challenger: number
  gain: number
  /** The interval of the gain; null where there are too few rows for one. */
  low: number | null
  high: number | null
}

/** Rows that could be measured on, or why not, in words. */
export type Measurement = ({ outcome: 'measured' } & MeasuredRows) | { outcome: 'none'; reason: string }

/** A challenger beside the champion. */
export interface Challenge {
  metric: string
  frozen: Measurement
  newest: Measurement
  /** Of the newest rows, by `column = value`; those with enough rows. */
  slices: ({ slice: string } & MeasuredRows)[]
  /** Milliseconds that single answers take, in turns. */
  latency: { champion: Latency; challenger: Latency }
  sizeBytes: { champion: number; challenger: number }
}

export interface Latency {
  p50Ms: number
  p99Ms: number
  answers: number
}

export interface ChallengeRequest {
  /** Model artifacts. */
  champion: string
  challenger: string
  /** The table whose test rows are frozen; null where there is none. */
  frozen: string | null
  /** The table whose test rows are the newest labels; null: the test rows of the challenger's own table. */
  newest: string | null
  metric: string | null
  confidence: number
  /** Columns whose values make slices. */
  slices: string[]
  seed: number
}
