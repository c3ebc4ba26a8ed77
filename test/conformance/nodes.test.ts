import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PipewrightError } from '../../src/core/errors.ts'
import type { Shape } from '../../src/core/columns.ts'
import type { AnyNodeDefinition, Ports } from '../../src/node-kit/define-node.ts'
import type { CancelSignal } from '../../src/node-kit/run-context.ts'
import { shapeOfArtifact } from '../../src/node-kit/shape-of-artifact.ts'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { firstRows, withOddNames, withoutValues } from './hard-tables.ts'
import { openNodeBench, type NodeBench, type Outputs, type RunOptions } from './node-bench.ts'

let bench: NodeBench
beforeAll(async () => {
  bench = await openNodeBench()
})
afterAll(() => bench.dispose())

const running = nodeDefinitions.filter(({ isExpanded }) => !isExpanded)

describe.each(running.map((definition) => [definition.id, definition] as const))('%s', (_, definition) => {
  const examples = definition.examples

  it.each(examples.map((example) => [example.title, example] as const))(
    'runs its example: %s',
    async (__, example) => {
      const outputs = await bench.runExample(definition, example)
      const kinds = Object.entries(outputs).map(([port, { kind }]) => [port, kind])
      expect(Object.fromEntries(kinds)).toEqual(portTypes(definition))
    },
  )

  it.each(examples.map((example) => [example.title, example] as const))(
    'foresees what comes out of its example: %s',
    async (__, example) => {
      const foreseen = await bench.shapesOfExample(definition, example)
      expect(comparable(shapesOf(await bench.runExample(definition, example)), foreseen)).toEqual(
        comparable(foreseen, foreseen),
      )
    },
  )

  it('gives the same hashes again, with one thread as with two', async () => {
    for (const example of examples) {
      const hashes = []
      for (const threads of [2, 2, 1]) {
        hashes.push(hashesOf(await bench.runExample(definition, example, { threads })))
      }
      expect(hashes[1]).toEqual(hashes[0])
      expect(hashes[2]).toEqual(hashes[0])
    }
  })

  it('stops at any moment when it is cancelled', async () => {
    const outcomes: unknown[] = []
    for (let looks = 0; outcomes.at(-1) !== 'finished'; looks = looks * 2 + 1) {
      const run = bench.runExample(definition, examples[0]!, { signal: cancelledAfter(looks) })
      outcomes.push(
        await run.then(
          () => 'finished',
          (thrown: unknown) => thrown,
        ),
      )
    }
    const [first, ...rest] = outcomes.slice(0, -1)
    expect(first).toBe(cancellation)
    expect(rest.filter((outcome) => outcome !== cancellation)).toEqual([])
  })
})

const withTables = running.filter(({ inputs }) =>
  Object.values(inputs as Ports).some(({ type }) => type === 'table'),
)

describe.each(withTables.map((definition) => [definition.id, definition] as const))(
  '%s, given a hard table,',
  (_, definition) => {
    const { examples } = definition

    it('takes a table without rows, or says why not', async () => {
      expect(await defects({ change: firstRows(0) })).toEqual([])
    })

    it('takes a table of one row, or says why not', async () => {
      expect(await defects({ change: firstRows(1) })).toEqual([])
    })

    it('takes a column without values, or says why not', async () => {
      const found = await Promise.all(
        [0, 1, 2, 3, 4, 5].map((index) => defects({ change: withoutValues(index) })),
      )
      expect(found.flat()).toEqual([])
    })

    it('takes columns whatever they are called', async () => {
      for (const example of examples) {
        const outputs = await bench.runExample(definition, example, { rewrite: withOddNames })
        expect(Object.keys(outputs)).toEqual(Object.keys(portTypes(definition)))
      }
    })

    /** What is thrown beside errors that tell the user what to do; outcomes of any kind are fine. */
    async function defects(options: RunOptions): Promise<string[]> {
      const outcomes = await Promise.allSettled(
        examples.map((example) => bench.runExample(definition, example, options)),
      )
      return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? defectsOf(outcome.reason) : []))
    }
  },
)

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

const portTypes = ({ outputs }: AnyNodeDefinition): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs as Ports).map(([port, { type }]) => [port, type]))

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
