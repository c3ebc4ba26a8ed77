import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { pipelineSchema, type Json } from '../../src/core/pipeline.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import type { Client } from '../../src/contract/create-client.ts'
import { TestWorkspace } from './test-workspace.ts'
import { openTransport, type OpenTransport, type Transport } from './transports.ts'

export interface Customer {
  id: string
  joined: string
  age: number | null
  visits: number
  town: string | null
  member: boolean
  spend: number
  left: string
}

const towns = ['Jena', 'Gera', 'Weimar', null]

/** Made up, but the same each time. */
export const customers: readonly Customer[] = Array.from({ length: 400 }, (_, index) => {
  const noise = ((index * 7919) % 1000) / 1000
  const age = index % 11 === 0 ? null : 18 + ((index * 37) % 60)
  const visits = (index * 13) % 29
  return {
    id: `C${String(index).padStart(4, '0')}`,
    joined: new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10),
    age,
    visits,
    town: towns[index % 4]!,
    member: index % 3 === 0,
    spend: Math.round((visits * 2.5 + noise * 10) * 100) / 100,
    left: visits + noise * 12 < 18 ? 'yes' : 'no',
  }
})

export function customersCsv(): string {
  const names = Object.keys(customers[0]!) as (keyof Customer)[]
  const lines = customers.map((customer) => names.map((name) => String(customer[name] ?? '')).join(','))
  return `${[names.join(','), ...lines].join('\n')}\n`
}

const node = (type: string, params: Record<string, Json> = {}) => ({ type, version: 1, params })

export const customersPipeline = formatPipeline(
  pipelineSchema.parse({
    format: 1,
    id: 'customers',
    name: 'Customers',
    seed: 3,
    nodes: {
      read: node('ingestion.file', { path: 'customers.csv' }),
      roles: node('features.set-roles', { target: 'left', id: ['id'], ignore: ['joined'] }),
      split: node('features.split', { method: 'stratified' }),
      impute: node('features.impute'),
      encode: node('features.encode'),
      scale: node('features.scale'),
      logistic: node('training.logistic-regression'),
      trees: node('training.gradient-boosted-trees', { trees: 12, leaves: 4 }),
      predict: node('serving.predict'),
      register: node('serving.register', { name: 'leaving', aliases: ['champion'] }),
    },
    edges: [
      'read.table -> roles.table',
      'roles.table -> split.table',
      'split.table -> impute.table',
      'impute.table -> encode.table',
      'encode.table -> scale.table',
      'scale.table -> logistic.table',
      'scale.table -> trees.table',
      'logistic.model -> predict.model',
      'read.table -> predict.table',
      'logistic.model -> register.model',
    ],
  }),
)

export interface OpenApp extends OpenTransport {
  workspace: TestWorkspace
  run: string
  /** Hash of an output by `node.port`. */
  artifact(output: string): string
  [Symbol.asyncDispose](): Promise<void>
}

/** A workspace in which the customers' pipeline has run, over a transport. */
export async function openApp(transport: Transport): Promise<OpenApp> {
  const workspace = new TestWorkspace()
  workspace.write('customers.csv', customersCsv())
  workspace.write('customers.pipeline.json', customersPipeline)
  process.env['PIPEWRIGHT_SETTINGS'] = workspace.path('.settings')
  const open = await openTransport(transport, { folder: workspace.folder, composition: builtInComposition })
  const run = await runToEnd(open.client, {
    path: workspace.path('customers.pipeline.json'),
    text: customersPipeline,
  })
  const { steps } = await open.client.runs.get({ run })
  const hashes = new Map<string, string>(
    steps.flatMap(({ node, outputs }) =>
      Object.entries(outputs).map(([port, { hash }]) => [`${node}.${port}`, hash] as const),
    ),
  )
  return {
    ...open,
    workspace,
    run,
    artifact: (output) => hashes.get(output)!,
    async [Symbol.asyncDispose]() {
      await open.close()
      delete process.env['PIPEWRIGHT_SETTINGS']
      workspace[Symbol.dispose]()
    },
  }
}

/** Starts a run and waits for its end; throws where it was refused or a step failed. */
export async function runToEnd(client: Client, document: { path: string; text: string }): Promise<string> {
  const answer = await client.runs.start({ document, parameters: {}, trust: false, tied: false })
  if (answer.outcome === 'refused') throw new Error(JSON.stringify(answer.findings, null, 2))
  for await (const event of await client.runs.events({ run: answer.run, after: 0 }))
    if (event.event === 'step-failed') throw new Error(`${event.node}: ${event.error.message}`)
  return answer.run
}
