import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import type { ModelData, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { Sketch } from '../../../src/core/sketch-schema.ts'
import { reasonOfFailure } from '../../../src/files/reason-of-failure.ts'
import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { shapeOfModel } from '../../../src/node-kit/shape-of-artifact.ts'
import { importModel as importFile, type ImportedModel } from '../../../src/onnx/foreign/import-model.ts'
import type { ImportedColumn } from '../../../src/onnx/foreign/import-plan.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { sketchOf } from '../../../src/tables/sketch.ts'
import { readStartChunks } from '../../../src/tables/start-rows.ts'
import { writeModel } from '../../training/write-model.ts'
import { importModel } from './definition.ts'

type Context = ContextOf<typeof importModel>
type Params = z.output<typeof importModel.params>

export const run = defineRun(importModel, async ({ reference }, params, context) => {
  const imported = await importedFile(params, context)
  // Of the graph as it will be used, before anything relies on it.
  await (await openSession(imported.bytes)).close()
  const inputs = inputsOf(imported.columns, { reference: reference?.data, context })
  const data = { ...modelData(imported, { params, context, inputs }), trainedOn: reference?.hash ?? '' }
  const sketch = await sketchOfReference(inputs, { reference: reference?.data, context })
  if (!reference)
    context.log(
      'warning',
      'Drift, and the comparison with held-out rows, wait until reference rows are connected.',
    )
  return { model: await writeModel(context, { data, bytes: imported.bytes, sketch }) }
})

export const probe: ProbeOf<typeof importModel> = async (params, context) => {
  const imported = await importedFile(params, context)
  const inputs = inputsOf(imported.columns, { reference: undefined, context })
  return { model: shapeOfModel({ data: modelData(imported, { params, context, inputs }) }) }
}

async function importedFile(params: Params, context: Context): Promise<ImportedModel> {
  const path = context.resolvePath(params.path)
  const file = await readFile(path).catch((cause: unknown) =>
    context.fail('unreadable', { path, problem: reasonOfFailure(cause) }, { param: 'path', cause }),
  )
  context.signal.throwIfAborted()
  const { columns, types, labels, label, probabilities, value } = params
  return importFile(file, { columns, types, answers: { labels, label, probabilities, value } })
}

/** As the reference has them, so that texts are read by its rules; else typed as the model takes them. */
function inputsOf(
  columns: readonly ImportedColumn[],
  { reference, context }: { reference: TableData | undefined; context: Context },
): StartColumn[] {
  if (!reference)
    return columns.map(({ name, type }) => ({
      name,
      type,
      source: context.node,
      rule: { trim: true, nullValues: [''] },
    }))
  const known = new Map(reference.startColumns.map((column) => [column.name, column]))
  const missing = columns.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  if (missing.length > 0) context.fail('reference-columns', { columns: missing })
  return columns.map(({ name, type }) => {
    const column = known.get(name)!
    if ((column.type === 'text') !== (type === 'text'))
      context.fail('reference-types', { column: name, type: column.type })
    return column
  })
}

function modelData(
  { classes, outputs, producer }: ImportedModel,
  { params, context, inputs }: { params: Params; context: Context; inputs: StartColumn[] },
): ModelData {
  const task = classes === null ? 'regression' : classes.length === 2 ? 'binary' : 'multiclass'
  const positive = params.positive === '' ? classes?.at(-1) : params.positive
  if (task === 'binary' && !classes!.includes(positive!))
    context.fail('unknown-positive', { positive: positive!, classes: classes! }, { param: 'positive' })
  return {
    task,
    target: {
      name: params.target,
      ...(classes && { classes: [...classes] }),
      ...(task === 'binary' && { positive: positive! }),
    },
    signature: { inputs, outputs },
    features: inputs.map(({ name }) => name),
    learner: { type: 'imported', params: { producer } },
    trainedOn: '',
  }
}

/** What the columns look like where live rows are compared with them; of no rows where there is no reference. */
async function sketchOfReference(
  inputs: readonly StartColumn[],
  { reference, context }: { reference: TableData | undefined; context: Context },
): Promise<Sketch> {
  const columns = inputs.map(({ name }) => name)
  if (!reference) return { rows: 0, columns: [] }
  return sketchOf({
    columns: inputs,
    chunks: readStartChunks(context, reference, { columns, rows: 'train' }),
    detail: 'fine',
  })
}
