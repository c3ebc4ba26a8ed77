import { describe, expect, it } from 'vitest'
import { descriptionOf } from '../../../renderer/canvas/edits/description-of.ts'
import { runAt } from '../../../renderer/state/run-at.ts'
import { newRun, withRunEvents } from '../../../renderer/state/run-view.ts'
import { editsFromScope, pipelineAt } from '../../../renderer/state/scope.ts'
import type { RunEventData } from '../../../src/contract/run-event.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { subpipelineType } from '../../../src/core/subpipeline-use.ts'
import { definitions as flat, samplePipeline } from './sample-pipeline.ts'

const definitions = {
  ...flat,
  [subpipelineType]: { ...flat['features.scale']!, id: subpipelineType, inputs: {}, outputs: {} },
}

/** `file → prepare(scale → trees) → evaluate` */
const nested = (): Pipeline =>
  applyEdits(samplePipeline(), [
    { kind: 'make-subpipeline', nodes: ['scale', 'trees'], id: 'prepare', subpipeline: 'prepare' },
  ]).pipeline

describe('a sub-pipeline that was entered', () => {
  it('is seen in place of the file', () => {
    expect(Object.keys(pipelineAt(nested(), ['prepare']).pipeline.nodes)).toEqual(['scale', 'trees'])
  })

  it('is left when it is no more', () => {
    expect(pipelineAt(samplePipeline(), ['prepare']).scope).toEqual([])
  })

  it('is edited inside of its file, and undone', () => {
    const before = nested()
    const edits = editsFromScope(before, ['prepare'], [{ kind: 'remove-node', id: 'trees' }])
    const { pipeline, inverse } = applyEdits(before, edits)
    expect(Object.keys(pipelineAt(pipeline, ['prepare']).pipeline.nodes)).toEqual(['scale'])
    expect(applyEdits(pipeline, inverse).pipeline).toEqual(before)
  })

  it('gives its node the ports that it declares', () => {
    const { inputs, outputs } = descriptionOf(nested(), 'prepare', definitions)!
    expect(Object.values(inputs).map(({ type }) => type)).toEqual(['table'])
    expect(
      Object.values(outputs)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(['model', 'table'])
  })

  it('shows the steps of a run by the names that they have inside, and as one step outside', () => {
    const head = { run: 'r', at: 1000, sequence: 1 }
    const names = ['file', 'prepare/scale', 'prepare/trees', 'evaluate']
    const events: RunEventData[] = [
      {
        event: 'run-started',
        ...head,
        pipelineId: 'p',
        pipelineName: 'P',
        pipelinePath: '/p',
        logFile: '/l',
        steps: names.map((node) => ({ node, type: 't', title: node, needs: [] })),
      },
      { event: 'step-started', ...head, node: 'prepare/scale', threads: 1, memoryMb: 1, attempt: 1 },
    ]
    const run = withRunEvents(newRun('r', nested()), events)
    const outside = runAt(run, [], nested())
    const inside = runAt(run, ['prepare'], pipelineAt(nested(), ['prepare']).pipeline)
    expect(outside.order.toSorted()).toEqual(['evaluate', 'file', 'prepare'])
    expect(outside.steps['prepare']?.state).toBe('running')
    expect(Object.values(inside.steps).map(({ state }) => state)).toEqual(['running', 'waiting'])
  })
})
