import { expect, test } from 'vitest'
import { arrangePipeline, type PlaceBoxes } from '../../../renderer/canvas/flow/arrangement.ts'
import { pipelineSchema } from '../../../src/core/pipeline.ts'

/** One below the other, as they come. */
const stacked: PlaceBoxes = async (boxes) => {
  let y = 0
  return new Map(
    boxes.map(({ id, height }) => {
      y += height
      return [id, [0, y - height]]
    }),
  )
}

const node = { type: 'features.sort', version: 1, params: {} }
const pipeline = (isFolded: boolean) =>
  pipelineSchema.parse({
    format: 1,
    id: 'x',
    name: 'x',
    nodes: { alone: node, a: node, b: node },
    edges: [],
    groups: { both: { title: 'Both', nodes: ['a', 'b'], ...(isFolded && { collapsed: true }) } },
    notes: { word: { text: 'on b', at: [1010, 580] } },
    layout: { alone: [500, 0], a: [900, 300], b: [1000, 600] },
  })

test('keeps members of a group inside its frame, and a note beside what it was beside', async () => {
  const { nodes, notes } = await arrangePipeline(pipeline(false), { definitions: {}, place: stacked })
  expect(nodes).toEqual({ alone: [0, 0], a: [20, 112], b: [20, 172] })
  expect(notes).toEqual({ word: [30, 152] })
})

test('moves the members of a collapsed group along with its card', async () => {
  const { nodes } = await arrangePipeline(pipeline(true), { definitions: {}, place: stacked })
  expect(nodes).toEqual({ alone: [0, 0], a: [0, 60], b: [100, 360] })
})
