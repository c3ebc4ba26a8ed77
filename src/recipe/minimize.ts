const goldenSection = (3 - Math.sqrt(5)) / 2

/**
 * Where a function of one number has a minimum, by parabolas and the golden section without derivatives (Brent,
 * “Algorithms for Minimization without Derivatives”, 1973, chapter 5), to about `tolerance` of its size. The interval
 * begins at two points and grows downhill until it holds a minimum, or a hundred times has not.
 */
export function minimize(
  cost: (x: number) => number,
  { from, to, tolerance = 1.48e-8 }: { from: number; to: number; tolerance?: number },
): number {
  let [low, best, high] = bracket(cost, from, to)
  let second = best
  let third = best
  let [bestCost, secondCost, thirdCost] = Array.from({ length: 3 }, () => cost(best)) as [
    number,
    number,
    number,
  ]
  let step = 0
  let before = 0
  for (let round = 0; round < 500; round++) {
    const middle = (low + high) / 2
    const near = tolerance * Math.abs(best) + 1e-11
    if (Math.abs(best - middle) <= 2 * near - (high - low) / 2) break
    const parabola = parabolaStep([best, bestCost], [second, secondCost], [third, thirdCost])
    const goesWell =
      Math.abs(before) > near &&
      Math.abs(parabola) < Math.abs(before) / 2 &&
      best + parabola > low &&
      best + parabola < high
    if (goesWell) {
      before = step
      step = parabola
      const next = best + step
      if (next - low < 2 * near || high - next < 2 * near) step = best < middle ? near : -near
    } else {
      before = best < middle ? high - best : low - best
      step = goldenSection * before
    }
    const next = Math.abs(step) >= near ? best + step : best + Math.sign(step) * near
    const nextCost = cost(next)
    if (nextCost <= bestCost) {
      if (next < best) high = best
      else low = best
      ;[third, thirdCost] = [second, secondCost]
      ;[second, secondCost] = [best, bestCost]
      ;[best, bestCost] = [next, nextCost]
      continue
    }
    if (next < best) low = next
    else high = next
    if (nextCost <= secondCost || second === best) {
      ;[third, thirdCost] = [second, secondCost]
      ;[second, secondCost] = [next, nextCost]
    } else if (nextCost <= thirdCost || third === best || third === second) {
      ;[third, thirdCost] = [next, nextCost]
    }
  }
  return best
}

/** How far from the first point the parabola through three has its lowest; NaN where they lie on a line. */
function parabolaStep(
  [x, cost]: [number, number],
  [second, secondCost]: [number, number],
  [third, thirdCost]: [number, number],
): number {
  const a = (x - second) * (cost - thirdCost)
  const b = (x - third) * (cost - secondCost)
  return -((x - third) * b - (x - second) * a) / (2 * (b - a))
}

/** Three points in ascending order, the middle one no higher than the others. */
function bracket(cost: (x: number) => number, from: number, to: number): [number, number, number] {
  let [a, b] = cost(from) >= cost(to) ? [from, to] : [to, from]
  let c = b + 1.618_034 * (b - a)
  for (let round = 0; round < 100 && cost(c) < cost(b); round++) {
    ;[a, b] = [b, c]
    c = b + 1.618_034 * (b - a)
  }
  return a < c ? [a, b, c] : [c, b, a]
}
