import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInCommand, stdoutOf } from '../contract/run-command.ts'
import { ExampleWorkspace, type ExampleName, type ToldRun } from './example-workspace.ts'

interface Example {
  name: ExampleName
  steps: number
  rocAuc: number
  /** A parameter of training, as a person changes it in the file. */
  change: { replace: string; by: string; told: string; before: unknown; after: unknown }
}

const examples: Example[] = [
  {
    name: 'telco-churn',
    steps: 11,
    rocAuc: 0.83,
    change: {
      replace: '"learningRate": 0.05',
      by: '"learningRate": 0.06',
      told: 'parameter “learningRate” 0.05 → 0.06',
      before: 0.05,
      after: 0.06,
    },
  },
  {
    name: 'adult-income',
    steps: 13,
    rocAuc: 0.91,
    // The file did not say it before: the default counts.
    change: {
      replace: '"trees": 400',
      by: '"trees": 400, "learningRate": 0.2',
      told: 'parameter “learningRate” 0.1 → 0.2',
      before: 0.1,
      after: 0.2,
    },
  },
]

interface ShownModel {
  version: { version: number; artifact: string }
}

interface Reproduction {
  event: string
  identical: boolean
  steps: { node: string; kind: string; ports?: { equal: boolean }[] }[]
}

describe.each(examples)('examples/$name', ({ name, steps, rocAuc, change }) => {
  let workspace: ExampleWorkspace
  let first: ToldRun

  beforeAll(async () => {
    workspace = new ExampleWorkspace(name)
    first = await workspace.run()
  })
  afterAll(() => workspace[Symbol.dispose]())

  it(`runs from raw data to a registered model with a ROC AUC of ${rocAuc} on the test rows`, async () => {
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(Object.values(first.states)).toEqual(Array.from({ length: steps }, () => 'done'))
    expect(first.metrics['evaluate.roc_auc']).toBeGreaterThanOrEqual(rocAuc)
    const { models } = await workspace.ask<{ models: { name: string; aliases: unknown }[] }>('models', 'list')
    expect(models).toMatchObject([{ name, aliases: { champion: 1 } }])
  })

  it('ends its events with the one line that programs read', () => {
    const { event, status, executed, cached, metrics, ...more } = JSON.parse(first.lastLine) as {
      [field: string]: unknown
      metrics: Record<string, unknown>
    }
    expect({ event, status, executed, cached }).toEqual({
      event: 'run-finished',
      status: 'done',
      executed: steps,
      cached: 0,
    })
    expect(more).toEqual({})
    expect(first.lastLine).toMatch(
      /^\{"event":"run-finished","status":"done","executed":\d+,"cached":0,"metrics":\{"[^{}[\]]*\}\}$/,
    )
    for (const [key, value] of Object.entries(metrics)) {
      const [node, ...metric] = key.split('.')
      expect(Object.keys(first.states)).toContain(node)
      expect(metric.join('.')).toMatch(/^\w+$/)
      expect(value).toBeTypeOf('number')
    }
  })

  it('executes nothing when it runs a second time, and tells the same metrics', async () => {
    const second = await workspace.run()
    expect(second.code).toBe(0)
    expect(new Set(Object.values(second.states))).toEqual(new Set(['cached']))
    expect(second.lastLine).toBe(
      first.lastLine.replace(`"executed":${steps},"cached":0`, `"executed":0,"cached":${steps}`),
    )
    const { version } = await workspace.ask<ShownModel>('models', 'show', name)
    expect(version).toMatchObject({ version: 1, aliases: ['champion'] })
  })

  it.each(reproductions())('is reproduced with identical hashes $how', async ({ prefix, args }) => {
    const stdout = await stdoutOf(['reproduce', 'latest', '--json', ...args], {
      cwd: workspace.folder,
      command: builtInCommand,
      prefix,
    })
    const lines = stdout.trimEnd().split('\n')
    const { identical, steps: compared } = JSON.parse(lines.at(-1)!) as Reproduction
    expect(identical).toBe(true)
    expect(compared.map(({ node, kind }) => `${node}: ${kind}`)).toEqual(
      compared.map(({ node }) => `${node}: ${node === 'register' ? 'not-repeated' : 'compared'}`),
    )
    expect(compared).toHaveLength(steps)
    expect(compared.flatMap(({ ports = [] }) => ports).every(({ equal }) => equal)).toBe(true)
  })

  it('runs training and what follows alone when a parameter of training changes, and says why', async () => {
    workspace.edit(change.replace, change.by)
    const changed = await workspace.run()
    const after = new Set(['trees', 'threshold', 'evaluate', 'register'])
    expect(changed.code).toBe(0)
    expect(changed.states).toEqual(
      Object.fromEntries(
        Object.keys(first.states).map((node) => [node, after.has(node) ? 'done' : 'cached']),
      ),
    )
    const { stdout } = await workspace.pipewright('runs', 'why')
    expect(stdout).toMatch(new RegExp(`^  trees +done +${change.told}$`, 'm'))
    expect(stdout).toMatch(/^ {2}scale +cached +nothing changed/m)
    const why = await workspace.ask<{ steps: object[] }>('runs', 'why', 'latest', 'trees')
    expect(why.steps).toMatchObject([
      {
        node: 'trees',
        reasons: [
          {
            text: change.told,
            reason: { kind: 'parameter', param: 'learningRate', before: change.before, after: change.after },
          },
        ],
      },
    ])
  })

  it('takes the old results again when the change is taken back, and points to the old model', async () => {
    const { version: before } = await workspace.ask<ShownModel>('models', 'show', `${name}:1`)
    workspace.edit(change.by, change.replace)
    const back = await workspace.run()
    expect(back.metrics).toEqual(first.metrics)
    expect(back.states).toEqual(
      Object.fromEntries(
        Object.keys(first.states).map((node) => [node, node === 'register' ? 'done' : 'cached']),
      ),
    )
    const { version: champion } = await workspace.ask<ShownModel>('models', 'show', `${name}@champion`)
    expect(champion.artifact).toBe(before.artifact)
  })
})

/** With all cores, with one thread, and where the operating system gives one core. */
function reproductions(): { how: string; prefix: string[]; args: string[] }[] {
  const threads = Math.max(2, availableParallelism())
  const always = [
    { how: `with ${threads} threads`, prefix: [], args: ['--threads', String(threads)] },
    { how: 'with one thread', prefix: [], args: ['--threads', '1'] },
  ]
  const isMissing = spawnSync('taskset', ['--version']).error !== undefined
  if (isMissing && (process.platform !== 'linux' || !process.env['CI'])) {
    process.stderr.write('taskset is missing: reproducing on one core is not tested.\n')
    return always
  }
  return [...always, { how: 'on one core', prefix: ['taskset', '-c', '0'], args: [] }]
}
