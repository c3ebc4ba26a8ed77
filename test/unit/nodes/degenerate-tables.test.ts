import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeTexts } from '../../../nodes/features/encode/run.ts'
import { nodeRunners } from '../../../nodes/runners.ts'
import { evaluate } from '../../../nodes/training/evaluate/definition.ts'
import { run as evaluateModels } from '../../../nodes/training/evaluate/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: evaluate.failures })
})
afterAll(() => context.dispose())

const classifiers = {
  'gradient-boosted-trees': { trees: 3, minimumRowsInLeaf: 1 },
  'random-forest': { trees: 3 },
  'extra-trees': { trees: 3 },
  'logistic-regression': {},
  'neural-network': { epochs: 3, hiddenLayers: [4] },
  baseline: {},
} as const
const estimators = { 'linear-regression': {}, 'poisson-regression': {} } as const
const finders = {
  'isolation-forest': { trees: 3 },
  'k-means': { fewest: 2, most: 2, starts: 1 },
} as const
const learners = { ...classifiers, ...estimators, ...finders }
type Name = keyof typeof learners

const withoutGaps: ReadonlySet<Name> = new Set<Name>([
  'logistic-regression',
  'neural-network',
  'linear-regression',
  'poisson-regression',
  'k-means',
])

/** What comes of a table: `answers` for every row, or the code of an error that tells the user what to do. */
type Outcome = 'answers' | `learn.${string}`
interface Case {
  table: (line: (row: number) => string) => string[]
  outcome: (name: Name) => Outcome
}

const rows = (count: number): number[] => Array.from({ length: count }, (_, row) => row)
const isOf = (names: object, name: Name): boolean => name in names
const gapsRefused =
  (code: Outcome) =>
  (name: Name): Outcome =>
    withoutGaps.has(name) ? code : 'answers'

const header = 'a,b,kind,amount'
/** Kind and amount follow from both features. */
const line = (row: number): string =>
  `${(row * 7) % 11},${(row * 5) % 13}.5,${(row * 7) % 11 > 5 ? 'yes' : 'no'},${row % 9}`
const changed = (row: number, at: number, value: string): string =>
  line(row)
    .split(',')
    .map((cell, index) => (index === at ? value : cell))
    .join(',')

const cases: Record<string, Case> = {
  'of one class, or one amount': {
    table: () => [header, ...rows(40).map((row) => `${row},${(row * 5) % 13},yes,4`)],
    outcome: (name) => (isOf(classifiers, name) ? 'learn.one-class' : 'answers'),
  },
  'with a constant column': {
    table: () => [header, ...rows(40).map((row) => changed(row, 0, '3'))],
    outcome: () => 'answers',
  },
  'with a column that has no value in train rows': {
    table: () => [header, ...rows(40).map((row) => changed(row, 0, row % 5 === 4 ? '2' : ''))],
    outcome: gapsRefused('learn.feature-missing-values'),
  },
  'whose target has gaps': {
    table: () => [
      header,
      ...rows(40).map((row) =>
        row % 8 === 1 ? `${line(row).split(',').slice(0, 2).join(',')},,` : line(row),
      ),
    ],
    outcome: (name) => (isOf(finders, name) ? 'answers' : 'learn.target-missing'),
  },
  'of one row': {
    table: () => [header, '1,2.5,yes,3'],
    outcome(name) {
      if (isOf(classifiers, name)) return 'learn.one-class'
      return name === 'k-means' ? 'learn.too-few-rows-to-cluster' : 'answers'
    },
  },
  'of more columns than rows': {
    table: () => [
      [...rows(40).map((column) => `x${column}`), 'kind', 'amount'].join(','),
      ...rows(10).map((row) =>
        [
          ...rows(40).map((column) => (row * 7 + column * 3) % 10),
          row % 2 === 0 ? 'yes' : 'no',
          row + 1,
        ].join(','),
      ),
    ],
    outcome: () => 'answers',
  },
  // Beyond what float32, in which learners are given features, can hold.
  'with infinite values': {
    table: () => [header, ...rows(40).map((row) => (row % 10 === 2 ? changed(row, 1, '1e300') : line(row)))],
    outcome: gapsRefused('learn.feature-infinite'),
  },
}

function tableFor(name: Name, lines: readonly string[]): ExampleTable {
  const target = isOf(estimators, name) ? 'amount' : 'kind'
  const other = target === 'kind' ? 'amount' : 'kind'
  const count = lines.length - 1
  return {
    csv: `${lines.join('\n')}\n`,
    roles: isOf(finders, name)
      ? { kind: 'ignore', amount: 'ignore' }
      : { [target]: 'target', [other]: 'ignore' },
    // The last of five test; with few rows all train.
    split: rows(count).map((row) => (count > 10 && row % 5 === 4 ? 'test' : 'train')),
  }
}

async function train(name: Name, table: Artifact<'table'>): Promise<Artifact<'model'>> {
  const id = `training.${name}`
  const runner = await nodeRunners[id]!()
  const { params } = nodeDefinitions.find((definition) => definition.id === id)!
  const outputs = await runner.run({ table }, params.parse(learners[name]), context)
  return (outputs as { model: Artifact<'model'> }).model
}

/** Answers, or the code of what was thrown; anything but an error for the user is thrown on. */
async function outcomeOf(name: Name, given: ExampleTable): Promise<string> {
  try {
    const table = await exampleTable(context, given)
    return await judge(await train(name, table), table)
  } catch (thrown) {
    if (thrown instanceof PipewrightError && thrown.kind === 'user' && thrown.remedy !== '')
      return thrown.code
    throw thrown
  }
}

async function judge(model: Artifact<'model'>, { data }: Artifact<'table'>): Promise<string> {
  for await (const { outputs } of scoreModel(context, model, data, { rows: 'train' })) {
    const numbers = outputs['value'] ?? outputs['probabilities'] ?? outputs['distances']
    if (![...(numbers as Float64Array)].every(Number.isFinite)) return 'no finite answer'
  }
  return 'answers'
}

describe.each(Object.keys(learners) as Name[])('%s, given a table', (name) => {
  it.each(Object.entries(cases))('%s, answers or says why not', async (_, { table, outcome }) => {
    expect(await outcomeOf(name, tableFor(name, table(line)))).toBe(outcome(name))
  })

  it('with a category that no train row has, answers for it', async () => {
    const lines = ['plan,b,kind,amount']
    for (const row of rows(40))
      lines.push(changed(row, 0, row % 5 === 4 ? 'unseen' : ['basic', 'plus'][row % 2]!))
    const table = await exampleTable(context, tableFor(name, lines))
    const { table: encoded } = await encodeTexts(
      { table },
      encode.params.parse({ columns: ['plan'] }),
      context,
    )
    const model = await train(name, encoded)
    const found: number[] = []
    for await (const { outputs } of scoreModel(context, model, encoded.data, { rows: 'test' }))
      found.push(...((outputs['value'] ?? outputs['probabilities'] ?? outputs['distances']) as Float64Array))
    expect(found.length).toBeGreaterThanOrEqual(8)
    expect(found.every(Number.isFinite)).toBe(true)
  })
})

it('says so where the test part has no rows to evaluate', async () => {
  const given = tableFor('baseline', [header, ...rows(20).map(line)])
  const table = await exampleTable(context, { ...given, split: rows(20).map(() => 'train') })
  const model = await train('baseline', table)
  const judged = evaluateModels({ models: [model], table }, evaluate.params.parse({}), context)
  await expect(judged).rejects.toThrow(/The table has no test rows/)
})
