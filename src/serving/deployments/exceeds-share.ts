/** How often at most something that does not exceed the share is said to, however often one looks. */
const alpha = 0.05
/** The shares above the allowed one that are bet on, evenly up to 1. */
const alternatives = 40

/**
 * Whether more than an allowed share of trials are hits, as a test that may be asked after every trial: likelihood ratios
 * of greater shares against the allowed one, averaged, are a martingale where that is the share, and shrink where it is
 * less, so that they ever reach 1 / 0.05 in at most 5 % of all cases (Ville 1939; Robbins 1970).
 */
export function exceedsShare({
  hits,
  trials,
  allowed,
}: {
  hits: number
  trials: number
  allowed: number
}): boolean {
  if (hits === 0 || allowed >= 1) return false
  if (allowed <= 0) return true
  const logs = Array.from({ length: alternatives }, (_, index) => {
    const share = allowed + ((1 - allowed) * (index + 0.5)) / alternatives
    return hits * Math.log(share / allowed) + (trials - hits) * Math.log((1 - share) / (1 - allowed))
  })
  const largest = Math.max(...logs)
  const mean = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / alternatives
  return largest + Math.log(mean) >= -Math.log(alpha)
}
