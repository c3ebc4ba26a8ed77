/** A quantity as it is estimated, and bounds that it lies between. */
export interface Bounded {
  value: number
  low: number
  high: number
}

export const exactly = (value: number): Bounded => ({ value, low: value, high: value })

/** What lies between two shares of a distribution function. */
export function shareBetween(from: Bounded, to: Bounded): Bounded {
  return {
    value: Math.max(0, to.value - from.value),
    low: Math.max(0, to.low - from.high),
    high: Math.max(0, to.high - from.low),
  }
}
