import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCase } from '../../src/contract/test-case.ts'
import { ExampleWorkspace, type ExampleName, type ToldRun } from './example-workspace.ts'

interface Example {
  name: ExampleName
  /** What metrics reach at least. */
  floors: Record<string, number>
}

const examples: Example[] = [
  { name: 'california-housing', floors: { 'evaluate.trees.r2': 0.8, 'evaluate.ridge.r2': 0.6 } },
  { name: 'diamonds', floors: { 'evaluate.trees.r2': 0.97, 'evaluate.linear.r2': 0.9 } },
  {
    name: 'titanic',
    floors: { 'evaluate.logistic.roc_auc': 0.82, 'evaluate.trees.roc_auc': 0.82, 'cross.roc_auc': 0.84 },
  },
  { name: 'sms-spam', floors: { 'evaluate.f1': 0.9, 'evaluate.roc_auc': 0.98 } },
]

describe.each(examples)('examples/$name', ({ name, floors }) => {
  let workspace: ExampleWorkspace
  let first: ToldRun

  beforeAll(async () => {
    workspace = new ExampleWorkspace(name)
    first = await workspace.run()
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('runs from raw data to a registered model that is as good as promised', async () => {
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(new Set(Object.values(first.states))).toEqual(new Set(['done']))
    const missed = Object.entries(floors).filter(([metric, floor]) => !(first.metrics[metric]! >= floor))
    expect(missed).toEqual([])
    const { models } = await workspace.ask<{ models: { name: string; aliases: unknown }[] }>('models', 'list')
    expect(models).toMatchObject([{ name, aliases: { champion: 1 } }])
  })

  it('stands in canonical form and has nothing to be told', async () => {
    expect(await workspace.pipewright('format', '--check', workspace.file)).toMatchObject({ code: 0 })
    expect(await workspace.pipewright('check', workspace.file)).toMatchObject({
      code: 0,
      stdout: `${workspace.file} is fine.\n`,
    })
  })

  it('executes nothing when it runs a second time', async () => {
    const second = await workspace.run()
    expect(new Set(Object.values(second.states))).toEqual(new Set(['cached']))
    expect(second.metrics).toEqual(first.metrics)
  })

  it('has a model whose answers are explained, and a card of it', async () => {
    const { explanation } = await workspace.ask<{
      explanation: { base: number; score: number; contributions: { contribution: number }[] }
    }>('explain', name, '--row', '{}')
    const { base, score, contributions } = explanation
    const sum = contributions.reduce((total, each) => total + each.contribution, base)
    expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-9 * Math.abs(score))
    const card = await workspace.pipewright('models', 'card', `${name}@champion`)
    expect(card).toMatchObject({ code: 0, stderr: '' })
    expect(card.stdout).toMatch(/^\| .+ \| .+ to .+ \|$/m)
  })

  it('is reproduced with identical hashes', async () => {
    const { stdout } = await workspace.pipewright('reproduce', 'latest', '--json')
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ identical: true })
  })
})

it('examples/titanic passes its tests, and fails the one that was made too hard', async () => {
  using workspace = new ExampleWorkspace('titanic')
  const easy = await workspace.ask<{ cases: TestCase[] }>('test', workspace.file)
  expect(easy.cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  const suites = easy.cases.map(({ suite }) => suite)
  expect(suites).toEqual(expect.arrayContaining(['expectations', 'behaviour', 'checks', 'endpoint titanic']))
  const parity = {
    suite: 'endpoint titanic',
    name: expect.stringMatching(/answered by titanic:1 as by predict$/),
  }
  expect(easy.cases).toContainEqual(expect.objectContaining(parity))
  workspace.edit('"maximum": 0.6, "minimum": 0.2', '"maximum": 0.02, "minimum": 0.01')
  const stale = await workspace.pipewright('test', workspace.file)
  expect(stale).toMatchObject({ code: 1 })
  expect(stale.stdout).toContain('“register” did not come to its end, so this run has not made it.')
  expect(stale.stdout).not.toContain('titanic:1')
  workspace.edit('"maximum": 0.02, "minimum": 0.01', '"maximum": 0.6, "minimum": 0.2')
  workspace.edit('"value": 0.82', '"value": 0.99')
  const hard = await workspace.pipewright('test', workspace.file, '--no-endpoints', '--junit', 'results.xml')
  expect(hard).toMatchObject({ code: 1 })
  expect(hard.stdout).toMatch(/✗ evaluate\.logistic\.roc_auc >= 0\.99\n +It is 0\.8\d+\./)
  expect(workspace.read('results.xml')).toMatch(/<testsuites name="Titanic" tests="\d+" failures="1"/)
})
