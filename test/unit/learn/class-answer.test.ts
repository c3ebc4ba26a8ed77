import { describe, expect, it } from 'vitest'
import { emitClassAnswer, type ClassAnswer } from '../../../src/learn/emit-class-answer.ts'
import { isPositive } from '../../../src/learn/float32-threshold.ts'
import { rethreshold } from '../../../src/learn/rethreshold.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'

function modelOf(answer: ClassAnswer): Uint8Array {
  const builder = new GraphBuilder()
  const probabilities = builder.input('p', 'float32', answer.classes.length)
  const answers = emitClassAnswer(builder, probabilities, answer)
  builder.output('label', answers.label)
  builder.output('probabilities', builder.node('Identity', [probabilities]))
  return builder.toModel({ made: 'by a test' })
}

async function labels(model: Uint8Array, probabilities: Float32Array): Promise<string[]> {
  const session = await openSession(model)
  const rows = probabilities.length / session.inputs[0]!.width
  const { label } = await session.run({ rows, columns: { p: probabilities } })
  await session.close()
  return label as string[]
}

const pairs = (...second: number[]): Float32Array => Float32Array.from(second.flatMap((p) => [1 - p, p]))

describe('the label of a classifier', () => {
  it('is the positive class from the threshold on', async () => {
    const model = modelOf({ classes: ['no', 'yes'], threshold: 0.25 })
    expect(await labels(model, pairs(0.2, 0.25, 0.9))).toEqual(['no', 'yes', 'yes'])
  })

  it('turns to the positive class at one half where no threshold is said', async () => {
    expect(await labels(modelOf({ classes: ['no', 'yes'] }), pairs(0.4999999, 0.5))).toEqual(['no', 'yes'])
  })

  it('may have the first class for the positive one', async () => {
    const model = modelOf({ classes: ['leaves', 'stays'], positive: 'leaves', threshold: 0.25 })
    expect(await labels(model, pairs(0.8, 0.75, 0.7))).toEqual(['stays', 'leaves', 'leaves'])
  })

  it('is the same here and in the graph for probabilities around the threshold', async () => {
    for (const threshold of [0.1, 0.2, 0.3, 0.6, 0.7, 1 / 3, 1e-9, 0, 1]) {
      const nearest = new Uint32Array(Float32Array.of(threshold).buffer)[0]!
      const around = new Float32Array(Uint32Array.of(Math.max(0, nearest - 1), nearest, nearest + 1).buffer)
      const found = await labels(modelOf({ classes: ['no', 'yes'], threshold }), pairs(...around))
      expect(found).toEqual(Array.from(around, (p) => (isPositive(p, threshold) ? 'yes' : 'no')))
      expect(isPositive(Math.fround(threshold), threshold)).toBe(true)
    }
  })

  it('is the most probable of several classes, the first of equal ones', async () => {
    const model = modelOf({ classes: ['a', 'b', 'c'] })
    expect(await labels(model, Float32Array.of(0.2, 0.5, 0.3, 0.4, 0.2, 0.4))).toEqual(['b', 'a'])
  })
})

describe('another threshold', () => {
  it('changes the label and nothing else', async () => {
    const classes = ['no', 'yes']
    const model = modelOf({ classes })
    const changed = rethreshold(model, { classes, threshold: 0.125 })
    const [before, after] = [await openSession(model), await openSession(changed)]
    expect(after.outputs).toEqual(before.outputs)
    expect(after.metadata).toEqual(before.metadata)
    const chunk = { rows: 3, columns: { p: pairs(0.1, 0.125, 0.6) } }
    expect((await before.run(chunk)).label).toEqual(['no', 'no', 'yes'])
    expect((await after.run(chunk)).label).toEqual(['no', 'yes', 'yes'])
    expect((await after.run(chunk)).probabilities).toEqual((await before.run(chunk)).probabilities)
    await Promise.all([before.close(), after.close()])
  })

  it('leaves no trace of the one before', () => {
    const classes = ['no', 'yes']
    const twice = rethreshold(rethreshold(modelOf({ classes }), { classes, threshold: 0.9 }), {
      classes,
      threshold: 0.125,
    })
    expect(twice).toEqual(rethreshold(modelOf({ classes }), { classes, threshold: 0.125 }))
  })
})
