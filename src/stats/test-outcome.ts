/** What a test of “both samples come from one distribution” found. */
export interface TestOutcome {
  statistic: number
  /** The probability of a statistic at least as extreme if they do. */
  pValue: number
}
