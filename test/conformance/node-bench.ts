import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Artifact } from '../../src/core/artifacts.ts'
import type { Shape } from '../../src/core/columns.ts'
import { createError, type ErrorEntry } from '../../src/core/errors.ts'
import type {
  AnyNodeDefinition,
  ExampleInput,
  ExampleTable,
  NodeExample,
  Ports,
} from '../../src/node-kit/define-node.ts'
import type { Shapes } from '../../src/node-kit/propagation.ts'
import type { CancelSignal, RunContext } from '../../src/node-kit/run-context.ts'
import { shapeOfArtifact } from '../../src/node-kit/shape-of-artifact.ts'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { nodeRunners } from '../../nodes/runners.ts'
import { writeSampleLogs } from '../fixtures/sample-logs.ts'
import { createTestContext, type TestContext } from '../fixtures/test-context.ts'
import { exampleTable } from './example-table.ts'

export type TableChange = (table: Artifact<'table'>, context: RunContext) => Promise<Artifact<'table'>>

export interface RunOptions {
  threads?: number
  signal?: CancelSignal
  /** Changes the tables that stand in the example itself. */
  change?: TableChange
  /** Changes the example and those that its inputs come from. */
  rewrite?: (example: NodeExample) => NodeExample
}

export type Outputs = Readonly<Record<string, Artifact>>

/** Runs nodes one by one in a temporary folder, with real tables and models. */
export interface NodeBench {
  readonly context: TestContext
  /** Runs an example, after the examples that its inputs come from. */
  runExample(definition: AnyNodeDefinition, example: NodeExample, options?: RunOptions): Promise<Outputs>
  /** What propagation says of the outputs of an example, without running it. */
  shapesOfExample(definition: AnyNodeDefinition, example: NodeExample): Promise<Shapes>
  dispose(): Promise<void>
}

export async function openNodeBench(): Promise<NodeBench> {
  const empty = await createTestContext()
  const context = { ...empty, predictionLogs: await writeSampleLogs(empty) }
  const base: Base = { context, once: createMemory(), changed: new Map() }
  return {
    context,
    runExample: (definition, example, options = {}) => runExample(base, { definition, example, options }),
    shapesOfExample: (definition, example) => shapesOfExample(base, definition, example),
    dispose: () => context.dispose(),
  }
}

interface Base {
  context: TestContext
  /** What feeds an example is made once. */
  once<Made>(key: unknown, make: () => Promise<Made>): Promise<Made>
  /** What a change makes of a table, by the table's hash; made once too. */
  changed: Map<TableChange, Map<string, Promise<Artifact<'table'>>>>
}

function createMemory(): Base['once'] {
  const made = new Map<string, Promise<unknown>>()
  return <Made>(key: unknown, make: () => Promise<Made>): Promise<Made> => {
    const text = JSON.stringify(key)
    const known = made.get(text) ?? make()
    made.set(text, known)
    return known as Promise<Made>
  }
}

interface Work {
  definition: AnyNodeDefinition
  example: NodeExample
  options: RunOptions
}

async function runExample(base: Base, work: Work): Promise<Outputs> {
  const { definition, options } = work
  const example = options.rewrite?.(work.example) ?? work.example
  await writeFiles(base.context, example)
  const inputs = await mapInputs(example, (input) => artifactOf(base, input, options))
  const context = nodeContext(base.context, definition, example, options)
  const runner = await nodeRunners[definition.id]!()
  return runner.run(inputs, (definition.params as Schema).parse(example.params), context)
}

interface Schema {
  parse(params: unknown): unknown
}

async function artifactOf(base: Base, input: ExampleInput, options: RunOptions): Promise<Artifact> {
  if ('csv' in input) {
    const table = await base.once(['table', input], () => exampleTable(base.context, input))
    return options.change ? changed(base, table, options.change) : table
  }
  const { rewrite } = options
  const { definition, example } = exampleNamed(input)
  const outputs = await base.once(['outputs', input, rewrite?.name], () =>
    runExample(base, { definition, example, options: rewrite ? { rewrite } : {} }),
  )
  return outputs[input.output]!
}

function changed(base: Base, table: Artifact<'table'>, change: TableChange): Promise<Artifact<'table'>> {
  const known = base.changed.get(change) ?? new Map<string, Promise<Artifact<'table'>>>()
  const made = known.get(table.hash) ?? change(table, base.context)
  base.changed.set(change, known.set(table.hash, made))
  return made
}

export function definitionNamed(id: string): AnyNodeDefinition {
  return nodeDefinitions.find((definition) => definition.id === id)!
}

function exampleNamed(input: Exclude<ExampleInput, ExampleTable>) {
  const definition = definitionNamed(input.from)
  return { definition, example: definition.examples[input.example ?? 0]! }
}

async function mapInputs<Result>(
  { inputs }: NodeExample,
  map: (input: ExampleInput) => Promise<Result>,
): Promise<Record<string, Result | Result[]>> {
  const entries = Object.entries(inputs).map(async ([port, input]) => {
    const mapped = Array.isArray(input) ? await inOrder(input, map) : await map(input as ExampleInput)
    return [port, mapped] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function inOrder<Item, Result>(items: readonly Item[], map: (item: Item) => Promise<Result>) {
  const results: Result[] = []
  for (const item of items) results.push(await map(item))
  return results
}

function nodeContext(
  base: TestContext,
  definition: AnyNodeDefinition,
  example: NodeExample,
  { threads = 2, signal = base.signal }: RunOptions,
): RunContext {
  const failures = definition.failures as Readonly<Record<string, ErrorEntry>>
  return {
    ...base,
    node: 'node',
    feeds: feedsOf(example),
    threads,
    signal,
    fail(code, values = {}, { param, cause, outputs } = {}): never {
      Object.assign(base.kept, outputs)
      throw createError(`${definition.id}.${code}`, failures[code]!, values, {
        at: { node: 'node', ...(param !== undefined && { param }) },
        cause,
      })
    },
  }
}

function feedsOf({ inputs }: NodeExample): Record<string, string[]> {
  const lists = Object.entries(inputs).map(([port, input]) => [port, [input].flat()] as const)
  return Object.fromEntries(
    lists.map(([port, list]) => [port, list.map((_, index) => `${port}${index + 1}`)]),
  )
}

async function writeFiles(context: TestContext, { files = {} }: NodeExample): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = context.resolvePath(path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'))
  }
}

async function shapesOfExample(
  base: Base,
  definition: AnyNodeDefinition,
  example: NodeExample,
): Promise<Shapes> {
  await writeFiles(base.context, example)
  const inputs = await mapInputs(example, (input) => shapeOfInput(base, input))
  const runner = await nodeRunners[definition.id]!()
  const params: unknown = (definition.params as Schema).parse(example.params)
  const context = nodeContext(base.context, definition, example, {})
  const isProbed = definition.effect === 'source' || definition.probesInputs
  const probed = isProbed ? await runner.probe!(params, context, inputs) : null
  const unconnected = Object.fromEntries(
    Object.keys(definition.inputs as Ports).map((port) => [port, undefined]),
  )
  const { outputs } = definition.propagate({
    inputs: { ...unconnected, ...inputs },
    params,
    node: 'node',
    feeds: {},
    freeNodeId: (wish) => wish,
    probed,
  })
  return outputs
}

async function shapeOfInput(base: Base, input: ExampleInput): Promise<Shape> {
  if ('csv' in input) return shapeOfArtifact(await artifactOf(base, input, {}))
  const { definition, example } = exampleNamed(input)
  return (await shapesOfExample(base, definition, example))[input.output]!
}
