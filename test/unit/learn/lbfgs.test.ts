import { describe, expect, it } from 'vitest'
import { minimize } from '../../../src/learn/optimize/lbfgs.ts'
import type { Objective } from '../../../src/learn/optimize/objective.ts'

/** Moré, Garbow & Hillstrom 1981, problem 21: minimum 0 where every coordinate is 1. */
const extendedRosenbrock: Objective = async (x, gradient) => {
  let value = 0
  for (let index = 0; index < x.length; index += 2) {
    const bend = x[index + 1]! - x[index]! ** 2
    value += 100 * bend ** 2 + (1 - x[index]!) ** 2
    gradient[index] = -400 * x[index]! * bend - 2 * (1 - x[index]!)
    gradient[index + 1] = 200 * bend
  }
  return value
}

const search = (
  objective: Objective,
  start: Float64Array,
  limits: { tolerance: number; iterations: number },
) => minimize({ objective, start, ...limits })

describe('L-BFGS', () => {
  it('finds the minimum of the extended Rosenbrock function', async () => {
    const start = Float64Array.from({ length: 20 }, (_, index) => (index % 2 ? 1 : -1.2))
    const found = await search(extendedRosenbrock, start, { tolerance: 1e-10, iterations: 200 })
    expect(found.status).toBe('converged')
    expect(found.gradientNorm).toBeLessThanOrEqual(1e-10)
    for (const coordinate of found.point) expect(coordinate).toBeCloseTo(1, 8)
  })

  it('finds the minimum of a badly scaled quadratic', async () => {
    const scales = [1e-4, 1, 1e4]
    const quadratic: Objective = async (x, gradient) => {
      let value = 0
      for (const [index, scale] of scales.entries()) {
        value += (scale * (x[index]! - 3) ** 2) / 2
        gradient[index] = scale * (x[index]! - 3)
      }
      return value
    }
    const found = await search(quadratic, new Float64Array(3), { tolerance: 1e-9, iterations: 500 })
    for (const coordinate of found.point) expect(coordinate).toBeCloseTo(3, 4)
  })

  it('says when the iterations did not suffice', async () => {
    const found = await search(extendedRosenbrock, Float64Array.of(-1.2, 1), {
      tolerance: 1e-10,
      iterations: 5,
    })
    expect(found).toMatchObject({ status: 'iteration-limit', iterations: 5 })
  })

  it('stops where rounding hides all further descent', async () => {
    const shallow: Objective = async (x, gradient) => {
      gradient[0] = 2 * (x[0]! - 1)
      return 1e9 + (x[0]! - 1) ** 2
    }
    const found = await search(shallow, Float64Array.of(0), { tolerance: 0, iterations: 1000 })
    expect(found.point[0]).toBeCloseTo(1, 3)
    expect(found.iterations).toBeLessThan(1000)
  })

  it('lowers the value at every iteration', async () => {
    const values: number[] = []
    await minimize({
      objective: extendedRosenbrock,
      start: Float64Array.of(-1.2, 1),
      tolerance: 1e-8,
      iterations: 100,
      onIteration: async ({ value }) => void values.push(value),
    })
    expect(values).toEqual(values.toSorted((a, b) => b - a))
  })
})
