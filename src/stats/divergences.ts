import type { Shares } from './counts.ts'

/** An empty bin counts as this share, or logarithms would be infinite. */
export const smallestShare = 1e-4

/** The population stability index: Σ (current − reference) ln (current / reference). Symmetric; 0.1 is a little, 0.25 much. */
export function populationStabilityIndex({ reference, current }: Shares): number {
  return sumOver(reference.length, (bin) => {
    const [before, after] = [away(reference[bin]!), away(current[bin]!)]
    return (after - before) * Math.log(after / before)
  })
}

/** The Kullback–Leibler divergence of the current shares from those of the reference, in nats. */
export function kullbackLeiblerDivergence({ reference, current }: Shares): number {
  return sumOver(reference.length, (bin) => {
    const after = current[bin]!
    return after === 0 ? 0 : after * Math.log(after / away(reference[bin]!))
  })
}

/** The Jensen–Shannon distance: the root of the divergence in nats, between 0 and √ln 2 ≈ 0.83 (Endres and Schindelin 2003). */
export function jensenShannonDistance({ reference, current }: Shares): number {
  const towards = (share: number, other: number): number =>
    share === 0 ? 0 : share * Math.log((2 * share) / (share + other))
  const sum = sumOver(
    reference.length,
    (bin) => towards(reference[bin]!, current[bin]!) + towards(current[bin]!, reference[bin]!),
  )
  return Math.sqrt(Math.max(0, sum / 2))
}

/** The total variation distance: the share of rows that would have to change their bin. */
export function totalVariationDistance({ reference, current }: Shares): number {
  return sumOver(reference.length, (bin) => Math.abs(current[bin]! - reference[bin]!)) / 2
}

const away = (share: number): number => Math.max(share, smallestShare)

function sumOver(bins: number, term: (bin: number) => number): number {
  let sum = 0
  for (let bin = 0; bin < bins; bin++) sum += term(bin)
  return sum
}
