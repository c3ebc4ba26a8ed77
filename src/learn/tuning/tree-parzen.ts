import { normalTwoSided } from '../../stats/special/tails.ts'
import type { Random } from '../../tables/random.ts'
import {
  placeOf,
  randomPoint,
  valueAt,
  type Dimension,
  type ParameterValue,
  type Point,
  type SearchSpace,
} from './search-space.ts'

/** A point that was tried, and what it lost: the lower the better. */
export interface Trial {
  point: Point
  loss: number
}

/** Before so many trials nothing can be learned from them. */
export const startupTrials = 10
/** How many places are drawn where good trials lie, to take the most promising. */
const candidates = 24
/** The share of trials that count as good, and their most. */
const goodShare = 0.15
const mostGood = 25

/**
 * The next point by tree-structured Parzen estimators (Bergstra, Bardenet, Bengio and Kégl, Algorithms for Hyper-Parameter
 * Optimization, 2011): each parameter on its own is drawn where good trials are dense beside the others. The first points
 * are random.
 */
export function suggestPoint(space: SearchSpace, trials: readonly Trial[], random: Random): Point {
  if (trials.length < startupTrials) return randomPoint(space, random)
  const sorted = trials.toSorted((a, b) => a.loss - b.loss)
  const count = Math.min(mostGood, Math.max(2, Math.ceil(goodShare * sorted.length)))
  const [good, others] = [sorted.slice(0, count), sorted.slice(count)]
  return Object.fromEntries(
    [...space].map(([name, dimension]) => {
      const valuesOf = (of: readonly Trial[]): ParameterValue[] => of.map(({ point }) => point[name]!)
      return [name, suggestValue(dimension, { good: valuesOf(good), others: valuesOf(others), random })]
    }),
  )
}

interface Observed {
  good: readonly ParameterValue[]
  others: readonly ParameterValue[]
  random: Random
}

function suggestValue(dimension: Dimension, { good, others, random }: Observed): ParameterValue {
  const places = (values: readonly ParameterValue[]) => values.map((value) => placeOf(dimension, value))
  const size = dimension.type === 'choice' ? dimension.values.length : null
  const promising = densityOf(places(good), size)
  const usual = densityOf(places(others), size)
  let best = { place: 0, merit: -Infinity }
  for (let tries = 0; tries < candidates; tries++) {
    const place = promising.draw(random)
    const merit = promising.at(place) / usual.at(place)
    if (merit > best.merit) best = { place, merit }
  }
  return valueAt(dimension, best.place)
}

/** How densely places were tried. */
interface Density {
  at(place: number): number
  draw(random: Random): number
}

const densityOf = (places: readonly number[], choices: number | null): Density =>
  choices === null ? parzen(places) : shares(places, choices)

/** Of a choice: shares, as if each had been tried once more. */
function shares(places: readonly number[], choices: number): Density {
  const counts = Array.from({ length: choices }, () => 1)
  for (const place of places) counts[place]!++
  const total = places.length + choices
  return {
    at: (place) => counts[place]! / total,
    draw(random) {
      let rest = random.below(total)
      return counts.findIndex((count) => (rest -= count) < 0)
    },
  }
}

/**
 * Of numbers: a bell over each place, as wide as it is far from its neighbours, and one over all of them, so that no place is
 * given up; cut off at the ends.
 */
function parzen(places: readonly number[]): Density {
  const centres = [...places, 0.5].toSorted((a, b) => a - b)
  const narrowest = 1 / Math.min(100, centres.length + 1)
  const all = centres.indexOf(0.5)
  const bells = centres.map((centre, index) => {
    const left = centre - (centres[index - 1] ?? 0)
    const right = (centres[index + 1] ?? 1) - centre
    const width = index === all ? 1 : Math.min(1, Math.max(narrowest, left, right))
    return { centre, width, inside: shareBelow((1 - centre) / width) - shareBelow(-centre / width) }
  })
  return {
    at(place) {
      const sum = bells.reduce(
        (total, { centre, width, inside }) =>
          total +
          Math.exp(-(((place - centre) / width) ** 2) / 2) / (width * Math.sqrt(2 * Math.PI) * inside),
        0,
      )
      return sum / bells.length
    },
    draw(random) {
      const { centre, width } = bells[random.below(bells.length)]!
      for (;;) {
        const place = centre + width * normal(random)
        if (place >= 0 && place <= 1) return place
      }
    },
  }
}

/** A standard normal number (Box and Muller 1958). */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())

/** The standard normal distribution function. */
function shareBelow(z: number): number {
  const beyond = normalTwoSided(z) / 2
  return z < 0 ? beyond : 1 - beyond
}
