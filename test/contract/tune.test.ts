import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import { customersCsv, runToEnd } from './app-workspace.ts'
import { TestWorkspace } from './test-workspace.ts'
import { openTransport, type OpenTransport } from './transports.ts'

const node = (type: string, params: object = {}) => ({ type, version: 1, params })
const halving = { parameter: 'trees', least: 2, most: 8, factor: 2 }

const text = formatPipeline(
  parsePipeline(
    JSON.stringify({
      format: 1,
      id: 'tuned',
      name: 'Tuned',
      seed: 3,
      nodes: {
        read: node('ingestion.file', { path: 'customers.csv' }),
        roles: node('features.set-roles', { target: 'left' }),
        split: node('features.split', { method: 'stratified' }),
        impute: node('features.impute'),
        encode: node('features.encode'),
        tune: node('training.tune', {
          subpipeline: 'train',
          method: 'halving',
          trials: 4,
          metric: 'log_loss',
          space: [{ type: 'number', parameter: 'rate', low: 0.02, high: 0.5, scale: 'log' }],
          resource: halving,
        }),
      },
      edges: [
        'read.table -> roles.table',
        'roles.table -> split.table',
        'split.table -> impute.table',
        'impute.table -> encode.table',
        'encode.table -> tune.table',
      ],
      subpipelines: {
        train: {
          pipeline: {
            format: 1,
            id: 'train',
            name: 'Train',
            parameters: { rate: { type: 'number' }, trees: { type: 'integer' } },
            inputs: { table: ['learn.table', 'judge.table'] },
            outputs: { model: 'learn.model', report: 'judge.report' },
            nodes: {
              learn: node('training.gradient-boosted-trees', {
                learningRate: '${rate}',
                trees: '${trees}',
                leaves: 4,
              }),
              judge: node('training.evaluate', { rows: 'validation' }),
            },
            edges: ['learn.model -> judge.models'],
          },
        },
      },
    }),
  ),
)

describe('a search for parameters', () => {
  let workspace: TestWorkspace
  let open: OpenTransport

  beforeAll(async () => {
    workspace = new TestWorkspace()
    workspace.write('customers.csv', customersCsv())
    workspace.write('tuned.pipeline.json', text)
    process.env['PIPEWRIGHT_SETTINGS'] = workspace.path('.settings')
    open = await openTransport('in-process', { folder: workspace.folder, composition: builtInComposition })
  })
  afterAll(async () => {
    await open.close()
    delete process.env['PIPEWRIGHT_SETTINGS']
    workspace[Symbol.dispose]()
  })

  it('prunes, goes on where it was stopped, and comes to the same again', { timeout: 120_000 }, async () => {
    const { client } = open
    const document = { path: workspace.path('tuned.pipeline.json'), text }
    const started = await client.runs.start({ document, parameters: {}, trust: false, tied: false })
    if (started.outcome === 'refused') throw new Error(JSON.stringify(started.findings))
    const finished: string[] = []
    for await (const event of await client.runs.events({ run: started.run, after: 0 })) {
      if (event.event !== 'step-finished' || !event.node.endsWith('/judge')) continue
      finished.push(event.node)
      if (finished.length === 2) await client.runs.cancel({ run: started.run })
    }
    expect(await client.runs.get({ run: started.run })).toMatchObject({ run: { status: 'cancelled' } })

    const run = await runToEnd(client, document)
    const { steps } = await client.runs.get({ run })
    const stateOf = new Map(steps.map((step) => [step.node, step.state]))
    for (const done of finished) expect(stateOf.get(done)).toBe('cached')
    const { reports } = await client.runs.step({ run, node: 'tune' })
    const { trials } = reports['report']!.content as { trials: { resource: number; value: number }[] }
    const resources = trials.map(({ resource }) => resource)
    expect(resources).toEqual([2, 2, 2, 2, 4, 4, 8])

    for await (const event of await client.runs.reproduce({ run, threads: 1 }))
      expect(event).toMatchObject(
        event.event === 'reproduction-finished' ? { identical: true } : { run: { id: run } },
      )
  })
})
