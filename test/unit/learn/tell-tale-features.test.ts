import { describe, expect, it } from 'vitest'
import { findTellTales, tellTaleWarning } from '../../../src/learn/tell-tale-features.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable } from './learning-run.ts'

const rows = 600
const random = createRandom(2)

/** Features: noise, a good one, and one that was made from the answer, with a value missing. */
function table(answers: ArrayLike<number>, classes?: readonly string[]) {
  const x = Float32Array.from({ length: rows * 3 }, (_, at) => {
    const answer = answers[Math.floor(at / 3)]!
    if (at % 3 === 0) return random.unit()
    if (at % 3 === 1) return answer + 1.5 * random.unit()
    return at === 2 ? Number.NaN : 100 - 10 * answer
  })
  return learningTable({ train: { x, y: answers }, width: 3, ...(classes && { classes }) })
}

const codes = (classes: number) => Uint16Array.from({ length: rows }, () => random.below(classes))

describe('features that tell the answer alone', () => {
  it('are found for two classes, a feature that falls with the class too', async () => {
    const found = await findTellTales(table(codes(2), ['no', 'yes']))
    expect(found.map(({ feature }) => feature)).toEqual(['feature 2'])
    expect(found[0]!.score).toBeGreaterThan(0.995)
  })

  it('are found for numbers', async () => {
    const answers = Float64Array.from({ length: rows }, () => random.unit())
    expect((await findTellTales(table(answers))).map(({ feature }) => feature)).toEqual(['feature 2'])
  })

  it('are not seen where too few rows could tell, or where one class of several is easy', async () => {
    const few = learningTable({
      train: { x: [1, 1, 2, 2], y: [0, 0, 1, 1] },
      width: 1,
      classes: ['no', 'yes'],
    })
    expect(await findTellTales(few)).toEqual([])
    const easy = codes(3)
    const one = learningTable({
      train: { x: Float32Array.from(easy, (code) => (code === 0 ? 0 : 1)), y: easy },
      width: 1,
      classes: ['a', 'b', 'c'],
    })
    expect(await findTellTales(one)).toEqual([])
  })

  it('are named with what to do', () => {
    expect(tellTaleWarning({ feature: 'refund', score: 0.9987 }, 'churn')).toBe(
      '“refund” alone all but tells “churn” (0.999). If it is only known after the answer is, give it the role “ignore”: the model will not have it when it matters.',
    )
  })
})
