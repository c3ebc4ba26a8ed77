import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { parseExpression } from '../../../src/core/expression/parse-expression.ts'
import { typeExpression } from '../../../src/core/expression/type-expression.ts'
import type { ExpressionValue } from '../../../src/core/expression/typed-expression.ts'
import { arbitraryColumns, arbitraryRow, exactExpressions } from './expression-arbitrary.ts'
import { openBackends, runOnnx, type TestRow, type ThreeBackends } from './three-backends.ts'

const seed = 20_240_131
const rows: TestRow[] = fc.sample(arbitraryRow, { seed, numRuns: 203 })

/** Random expressions that are the same for every row, or compare with null, are refused: not what is tested here. */
function isRefused(text: string): boolean {
  try {
    typeExpression(parseExpression(text), arbitraryColumns)
    return false
  } catch (error) {
    if (error instanceof PipewrightError && error.code === 'expression.constant') return true
    throw error
  }
}

function ulpsBetween(a: ExpressionValue, b: ExpressionValue): number {
  if (Object.is(a, b)) return 0
  if (typeof a !== 'number' || typeof b !== 'number') return Infinity
  const [first, second] = new BigInt64Array(Float64Array.of(a, b).buffer)
  return Math.abs(Number(first! - second!))
}

describe('random expressions over random rows', () => {
  let backends: ThreeBackends
  beforeAll(async () => {
    backends = await openBackends(arbitraryColumns, rows)
  })
  afterAll(() => backends.close())

  it.each(['number', 'boolean', 'text', 'time'] as const)(
    'give the same %s in the reference, in ONNX and in SQL',
    async (type) => {
      await fc.assert(
        fc.asyncProperty(exactExpressions[type], async (text) => {
          fc.pre(!isRefused(text))
          const { reference, onnx, sql } = await backends.answer(text)
          expect({ onnx, sql }).toEqual({ onnx: reference, sql: reference })
        }),
        { seed, numRuns: 150 },
      )
    },
  )

  // Each library rounds these differently in the last place; log10 is a quotient of logarithms in ONNX.
  it.each([
    ['exp', 2],
    ['log', 2],
    ['log10', 3],
  ])('give %s within %i units in the last place', async (name, tolerance) => {
    await fc.assert(
      fc.asyncProperty(exactExpressions.number, async (text) => {
        fc.pre(!isRefused(text))
        const { reference, onnx, sql } = await backends.answer(`${name}(${text})`)
        const worst = reference.map((value, row) =>
          Math.max(ulpsBetween(value, onnx[row]!), ulpsBetween(value, sql[row]!)),
        )
        expect(Math.max(...worst)).toBeLessThanOrEqual(tolerance)
      }),
      { seed, numRuns: 40 },
    )
  })

  it('give powers within 2 units in the last place', async () => {
    await fc.assert(
      fc.asyncProperty(exactExpressions.number, exactExpressions.number, async (base, exponent) => {
        fc.pre(!isRefused(`${base} + ${exponent}`))
        const { reference, onnx, sql } = await backends.answer(`(${base}) ^ (${exponent})`)
        const worst = reference.map((value, row) =>
          Math.max(ulpsBetween(value, onnx[row]!), ulpsBetween(value, sql[row]!)),
        )
        expect(Math.max(...worst)).toBeLessThanOrEqual(2)
      }),
      { seed, numRuns: 40 },
    )
  })

  it('give a row the same bits in a batch and alone', async () => {
    await fc.assert(
      fc.asyncProperty(exactExpressions.number, async (text) => {
        fc.pre(!isRefused(text))
        const whole = `exp(${text} / 1e3) + log(abs(${text})) * log10(abs(x)) + abs(y) ^ 0.3`
        const expression = typeExpression(parseExpression(whole), arbitraryColumns)
        const batch = await runOnnx(expression, arbitraryColumns, rows)
        const alone = []
        for (const row of rows.slice(0, 40))
          alone.push(...(await runOnnx(expression, arbitraryColumns, [row])))
        expect(alone).toEqual(batch.slice(0, 40))
      }),
      { seed, numRuns: 5 },
    )
  })
})
