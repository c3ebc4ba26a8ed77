import type { ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { shapeOfModel } from '../../../src/node-kit/shape-of-artifact.ts'
import { checkOwnModel } from '../../../src/onnx/check-own-model.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { writeModel } from '../../training/write-model.ts'
import { loadModel } from './definition.ts'
import { findMisfit } from './find-misfit.ts'
import { readIndex, readPackage } from './read-package.ts'

export const run = defineRun(loadModel, async (_, params, context) => {
  const path = context.resolvePath(params.path)
  const { index, graph, sketch } = await readPackage(context, path)
  context.signal.throwIfAborted()
  checkOwnModel(graph)
  const session = await openSession(graph)
  try {
    const problem = findMisfit(session, index.model)
    if (problem !== null) context.fail('misfit', { path, problem }, { param: 'path' })
  } finally {
    await session.close()
  }
  return { model: await writeModel(context, { data: index.model, bytes: graph, sketch }) }
})

export const probe: ProbeOf<typeof loadModel> = async (params, context) => {
  const { model } = await readIndex(context, context.resolvePath(params.path))
  return { model: shapeOfModel({ data: model }) }
}
