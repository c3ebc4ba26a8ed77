import { z } from 'zod'
import { unknownTable, type TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers } from '../../example-tables.ts'

export const onError = defineNode({
  id: 'flow.on-error',
  version: 1,
  title: 'On error',
  summary: 'Goes on with a fallback where something failed.',
  description:
    'Passes the table, or the model, on as it is. Where a step that leads to it failed, since its data or its ' +
    'parameters are not right or since a file or a server is not there, the fallback goes on in its place: the run is ' +
    'then done, with a warning that names the step and what was wrong. A mistake of Pipewright itself, and a cancel, ' +
    'are not handled; nor is a failure that something else needed as well.\n\n' +
    'What failed is tried again in every run.',
  keywords: ['fallback', 'catch', 'try', 'recover', 'default', 'error handling', 'resilience'],
  inputs: {
    table: { type: 'table', title: 'Table', optional: true, acceptsFailure: true },
    fallback: {
      type: 'table',
      title: 'Fallback',
      description: 'The table that goes on where the other could not be made.',
      optional: true,
      acceptsFailure: true,
      standsInFor: 'table',
    },
    model: { type: 'model', title: 'Model', optional: true, acceptsFailure: true },
    fallbackModel: {
      type: 'model',
      title: 'Fallback model',
      description: 'The model that goes on where the other could not be made.',
      optional: true,
      acceptsFailure: true,
      standsInFor: 'model',
    },
  },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The table, or the fallback.', conditional: true },
    model: { type: 'model', title: 'Model', description: 'The model, or the fallback.', conditional: true },
  },
  params: z.strictObject({}),
  failures: {},
  examples: [
    {
      title: 'The customers of last month, where those of today cannot be read',
      params: {},
      inputs: { table: customers, fallback: customers },
    },
    {
      title: 'All that is left',
      params: {},
      inputs: { fallback: customers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { table, fallback, model, fallbackModel } }) => ({
    outputs: {
      table: table ?? fallback ?? unknownTable,
      model: model ?? fallbackModel ?? { kind: 'model', task: null, target: null },
    },
    findings: table && fallback ? otherColumns(table, fallback) : [],
  }),
})

function otherColumns(table: TableShape, fallback: TableShape): NodeFinding[] {
  if (!table.known || !fallback.known) return []
  const missing = table.columns.find(
    ({ name, type }) => !fallback.columns.some((other) => other.name === name && other.type === type),
  )
  if (!missing) return []
  return [
    {
      code: 'other-columns',
      severity: 'warning',
      message: `The fallback has no column “${missing.name}” of type ${missing.type}: what follows may fail on it.`,
      remedy: 'Give the fallback the columns of the table.',
      port: 'fallback',
    },
  ]
}
