import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PipewrightError } from '../../src/core/errors.ts'
import type { Shape } from '../../src/core/columns.ts'
import type { AnyNodeDefinition, NodeExample, Ports } from '../../src/node-kit/define-node.ts'
import type { CancelSignal } from '../../src/node-kit/run-context.ts'
import { shapeOfArtifact } from '../../src/node-kit/shape-of-artifact.ts'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { columnsWithoutValues, firstRows, withOddNames } from './hard-tables.ts'
import { openNodeBench, type NodeBench, type Outputs, type RunOptions } from './node-bench.ts'

/** How many files share the nodes out, so that all cores have something to do. */
const shares = 4

/** Tests what holds for every node with a share of them, counted from 1. */
export function testNodes(share: 1 | 2 | 3 | 4): void {
  const running = nodeDefinitions.filter(({ isExpanded }) => !isExpanded)
  const definitions = running.filter((_, index) => index % shares === share - 1)
  let bench: NodeBench
  beforeAll(async () => {
    bench = await openNodeBench()
  })
  afterAll(() => bench.dispose())

  describe.each(byId(definitions))('%s', (_, definition) => {
    testNode(definition, () => bench)
  })
  describe.each(byId(definitions.filter(takesTable)))('%s, given a hard table,', (_, definition) => {
    testHardTables(definition, () => bench)
  })
}

const byId = (definitions: readonly AnyNodeDefinition[]) =>
  definitions.map((definition) => [definition.id, definition] as const)

const takesTable = ({ inputs }: AnyNodeDefinition): boolean =>
  Object.values(inputs as Ports).some(({ type }) => type === 'table')

function testNode(definition: AnyNodeDefinition, bench: () => NodeBench): void {
  const { examples } = definition
  const ran = new Map<NodeExample, Promise<Outputs>>()
  const outputsOf = (example: NodeExample): Promise<Outputs> => {
    const outputs = ran.get(example) ?? bench().runExample(definition, example, { threads: 2 })
    ran.set(example, outputs)
    return outputs
  }

  it.each(examples.map((example) => [example.title, example] as const))(
    'runs its example: %s',
    async (_, example) => {
      const outputs = await outputsOf(example)
      const kinds = Object.entries(outputs).map(([port, { kind }]) => [port, kind])
      expect(Object.fromEntries(kinds)).toEqual(portTypes(definition, outputs))
    },
  )

  it.each(examples.map((example) => [example.title, example] as const))(
    'foresees what comes out of its example: %s',
    async (_, example) => {
      const foreseen = await bench().shapesOfExample(definition, example)
      const outputs = await outputsOf(example)
      const given = Object.fromEntries(Object.entries(foreseen).filter(([port]) => port in outputs))
      expect(comparable(shapesOf(outputs), foreseen)).toEqual(comparable(given, foreseen))
    },
  )

  it('gives the same hashes again, with one thread as with two', async () => {
    for (const example of examples) {
      const again = await bench().runExample(definition, example, { threads: 1 })
      expect(hashesOf(again)).toEqual(hashesOf(await outputsOf(example)))
    }
  })

  it('stops at any moment when it is cancelled', async () => {
    const outcomes: unknown[] = []
    for (let looks = 0; outcomes.at(-1) === cancellation || looks === 0; looks = looks * 2 + 1) {
      const run = bench().runExample(definition, examples[0]!, { signal: cancelledAfter(looks) })
      outcomes.push(
        await run.then(
          () => 'finished',
          (thrown: unknown) => thrown,
        ),
      )
    }
    expect(outcomes[0]).toBe(cancellation)
    expect(outcomes.at(-1)).toBe('finished')
  })
}

const noRows = firstRows(0)
const oneRow = firstRows(1)

function testHardTables(definition: AnyNodeDefinition, bench: () => NodeBench): void {
  const { examples } = definition

  it('takes a table without rows, or says why not', async () => {
    expect(await defects({ change: noRows })).toEqual([])
  })

  it('takes a table of one row, or says why not', async () => {
    expect(await defects({ change: oneRow })).toEqual([])
  })

  it('takes a column without values, or says why not', async () => {
    const outcomes = await Promise.allSettled(
      examples.flatMap((example) =>
        columnsWithoutValues(example).map((change) => bench().runExample(definition, example, { change })),
      ),
    )
    expect(outcomes.flatMap(defectsIn)).toEqual([])
  })

  it('takes columns whatever they are called', async () => {
    for (const example of examples) {
      const outputs = await bench().runExample(definition, example, { rewrite: withOddNames })
      expect(Object.keys(outputs)).toEqual(Object.keys(portTypes(definition, outputs)))
    }
  })

  /** What is thrown beside errors that tell the user what to do; outcomes of any kind are fine. */
  async function defects(options: RunOptions): Promise<string[]> {
    const outcomes = await Promise.allSettled(
      examples.map((example) => bench().runExample(definition, example, options)),
    )
    return outcomes.flatMap(defectsIn)
  }
}

const defectsIn = (outcome: PromiseSettledResult<unknown>): string[] =>
  outcome.status === 'rejected' ? defectsOf(outcome.reason) : []

function defectsOf(thrown: unknown): string[] {
  if (!(thrown instanceof PipewrightError)) return [(thrown as Error).stack ?? String(thrown)]
  const text = `${thrown.code}: ${thrown.message} ${thrown.remedy}`
  return thrown.kind === 'user' && !/\{\w+\}|undefined|NaN|\[object/.test(text) ? [] : [text]
}

const cancellation = new DOMException('cancelled', 'AbortError')

/** A signal that says yes from some look at it on: a cancel at exactly that moment. */
function cancelledAfter(looks: number): CancelSignal {
  let seen = 0
  return {
    get aborted() {
      return seen++ >= looks
    },
    throwIfAborted() {
      if (seen++ >= looks) throw cancellation
    },
  }
}

/** Of the outputs that a node must give, and of others that it gave. */
const portTypes = ({ outputs }: AnyNodeDefinition, given: Outputs): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs as Ports)
      .filter(([port, { conditional }]) => !conditional || port in given)
      .map(([port, { type }]) => [port, type]),
  )

const hashesOf = (outputs: Outputs): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs).map(([port, { hash }]) => [port, hash]))

const shapesOf = (outputs: Outputs): Record<string, Shape> =>
  Object.fromEntries(Object.entries(outputs).map(([port, artifact]) => [port, shapeOfArtifact(artifact)]))

/** Shapes as far as propagation claims to know them; the elements of a vector are known only after a fit. */
function comparable(shapes: Readonly<Record<string, Shape>>, foreseen: Readonly<Record<string, Shape>>) {
  return Object.fromEntries(
    Object.entries(shapes).map(([port, shape]) => {
      const known = foreseen[port]!
      if (shape.kind === 'table' && known.kind === 'table') {
        const columns = shape.columns.map(({ name, type, role, origin }) => ({ name, type, role, origin }))
        return [port, known.known ? { columns, split: shape.split } : 'unknown']
      }
      if (shape.kind !== 'model' || known.kind !== 'model') return [port, shape.kind]
      return [port, { target: known.target && shape.target, task: known.task && shape.task }]
    }),
  )
}
