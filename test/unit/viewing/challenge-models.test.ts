import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linearRegression } from '../../../nodes/training/linear-regression/definition.ts'
import { run as trainLinear } from '../../../nodes/training/linear-regression/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { challengeModels } from '../../../src/viewing/challenge-models.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

type Part = 'train' | 'validation' | 'test'
interface Row {
  x: number
  y: number | string
  part: Part
}

/** Every fifth row tests. */
const partOf = (index: number): Part => (index % 5 === 4 ? 'test' : index % 5 === 3 ? 'validation' : 'train')
const line = (from: number, count: number, yOf: (x: number) => number | string): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    x: from + index,
    y: yOf(from + index),
    part: partOf(index),
  }))

function tableOf(rows: readonly Row[]): Promise<Artifact<'table'>> {
  return exampleTable(context, {
    csv: ['x,y', ...rows.map(({ x, y }) => `${x},${y}`), ''].join('\n'),
    roles: { y: 'target' },
    split: rows.map(({ part }) => part),
  })
}

async function numberModel(rows: readonly Row[]) {
  const table = await tableOf(rows)
  const params = linearRegression.params.parse({ penalty: 'none' })
  const { model } = await trainLinear({ table }, params, context)
  return { table, model }
}

const asked = { metric: null, newest: null, confidence: 0.95, slices: [], seed: 1 }

describe('a challenger beside the champion', () => {
  it('is measured on frozen rows and on the newest, as the arithmetic says', async () => {
    const before = await numberModel(line(0, 200, (x) => x))
    const after = await numberModel(line(1_000, 200, (x) => x + 10))
    const challenge = await challengeModels(context, {
      ...asked,
      champion: before.model.hash,
      challenger: after.model.hash,
      frozen: before.table.hash,
    })
    expect(challenge.metric).toBe('mae')
    expect(challenge.frozen).toMatchObject({ outcome: 'measured', rows: 40, excluded: 0 })
    expect(challenge.frozen).toMatchObject({ challenger: expect.closeTo(10, 2) as number })
    expect(challenge.newest).toMatchObject({
      outcome: 'measured',
      rows: 40,
      champion: expect.closeTo(10, 2) as number,
      challenger: expect.closeTo(0, 2) as number,
      // The whole of the champion's error is gone, whichever rows are drawn.
      gain: expect.closeTo(1, 3) as number,
      low: expect.closeTo(1, 3) as number,
      high: expect.closeTo(1, 3) as number,
    })
    expect(challenge.latency.challenger.answers).toBe(200)
    expect(challenge.sizeBytes.champion).toBeGreaterThan(100)
  })

  it('leaves out rows that one of both has learned from, and counts them', async () => {
    const first = line(0, 200, (x) => x)
    // 8 of the frozen test rows, and rows that the frozen table has among its train rows as well.
    const seen = first.filter(({ part }) => part === 'test').slice(0, 8)
    const known = first.filter(({ part }) => part === 'train').slice(0, 20)
    const before = await numberModel(first)
    const learned = [...seen, ...known].map(({ x, y }): Row => ({ x, y, part: 'train' }))
    const after = await numberModel([...line(1_000, 200, (x) => x + 10), ...learned])
    const { frozen } = await challengeModels(context, {
      ...asked,
      champion: before.model.hash,
      challenger: after.model.hash,
      frozen: before.table.hash,
    })
    expect(frozen).toMatchObject({ outcome: 'measured', rows: 32, excluded: 8 })
  })

  it('counts rows that stand twice in a table as learned only where they stand more often', async () => {
    // Few different rows: every test row stands among the train rows, too.
    const few = line(0, 200, (x) => x % 7).map(({ y, part }) => ({ x: Number(y), y: Number(y) * 2, part }))
    const before = await numberModel(few)
    const after = await numberModel([...few, ...line(1_000, 50, (x) => x * 2)])
    const { frozen } = await challengeModels(context, {
      ...asked,
      champion: before.model.hash,
      challenger: after.model.hash,
      frozen: before.table.hash,
    })
    expect(frozen).toMatchObject({ outcome: 'measured', rows: 40, excluded: 0 })
  })

  it('leaves out newest rows that the challenger has learned from, and none that only look like them', async () => {
    const before = await numberModel(line(0, 200, (x) => x))
    // Feedback of few different rows, the newest of which test.
    const feedback = Array.from({ length: 100 }, (_, at): Row => {
      const x = 1_000 + (at % 40)
      return { x, y: x + 10, part: at < 70 ? 'train' : 'test' }
    })
    const newest = await tableOf(feedback)
    const challenge = async (rows: readonly Row[]) => {
      const after = await numberModel([...line(0, 200, (x) => x), ...rows])
      const models = { champion: before.model.hash, challenger: after.model.hash }
      return challengeModels(context, { ...asked, ...models, frozen: 'gone', newest: newest.hash })
    }
    expect((await challenge(feedback)).newest).toMatchObject({ outcome: 'measured', rows: 30, excluded: 0 })
    // Split anew after it was appended.
    const anew = feedback.map(({ x, y }, at): Row => ({ x, y, part: at < 80 ? 'train' : 'test' }))
    expect((await challenge(anew)).newest).toMatchObject({ outcome: 'measured', rows: 20, excluded: 10 })
    const all = feedback.map(({ x, y }): Row => ({ x, y, part: 'train' }))
    expect((await challenge(all)).newest).toEqual({
      outcome: 'none',
      reason: 'all 30 test rows are among those that a model learned from',
    })
  })

  it('knows classes that only one of both knows, and slices of the newest rows', async () => {
    const params = logisticRegression.params.parse({})
    const classes = async (rows: readonly Row[]) => {
      const table = await tableOf(rows)
      const { model } = await trainLogistic({ table }, params, context)
      return { table, model }
    }
    const before = await classes(line(0, 300, (x) => (x < 150 ? 'low' : 'high')))
    const after = await classes(line(0, 300, (x) => (x < 100 ? 'low' : x < 200 ? 'middle' : 'high')))
    const { newest, frozen } = await challengeModels(context, {
      ...asked,
      metric: 'accuracy',
      champion: before.model.hash,
      challenger: after.model.hash,
      frozen: 'gone',
      newest: after.table.hash,
      slices: ['x'],
    })
    expect(frozen).toEqual({
      outcome: 'none',
      reason: 'the table that the first champion learned from is gone',
    })
    // The champion says “low” below 150 and “high” above: right for 100 of 150, and 100 of 150.
    expect(newest).toMatchObject({
      outcome: 'measured',
      rows: 60,
      champion: expect.closeTo(2 / 3, 1) as number,
    })
    expect((newest as { challenger: number }).challenger).toBeGreaterThan(0.7)
  })

  it('says why it cannot be measured', async () => {
    const before = await numberModel(line(0, 50, (x) => x))
    const onlyTrain = line(100, 50, (x) => x + 1).map(({ x, y }): Row => ({ x, y, part: 'train' }))
    const after = await numberModel(onlyTrain)
    const { newest } = await challengeModels(context, {
      ...asked,
      champion: before.model.hash,
      challenger: after.model.hash,
      frozen: before.table.hash,
    })
    expect(newest).toEqual({ outcome: 'none', reason: 'there are no test rows with an answer' })
  })
})
