import { z } from 'zod'
import type { ModelShape, TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { targetLessFindings } from '../target-less-findings.ts'
import { unknownClass } from '../unknown-class.ts'

const params = z.strictObject({
  method: z
    .enum(['sigmoid', 'isotonic'])
    .default('sigmoid')
    .meta({
      title: 'Method',
      description:
        'Sigmoid (Platt scaling): two numbers are learned, which a few hundred rows suffice for. Isotonic: any ascending ' +
        'curve, which wants a thousand rows and more.',
    }),
})

export const calibrate = defineNode({
  id: 'training.calibrate',
  version: 1,
  title: 'Calibrate probabilities',
  summary: 'Makes the probabilities of a classifier mean what they say.',
  description:
    'Of the rows that a model gives a probability of 80 %, about 80 % should turn out so; trees, weighted classes and ' +
    'strong penalties lead away from it. This step compares probabilities with the truth on the validation rows and puts ' +
    'the correction into the model itself. The order of the rows, and so ROC AUC, stays; log loss and Brier score improve. ' +
    'Of several classes each is corrected against the rest. It comes before “Choose threshold”: labels follow from a ' +
    'probability of one half again.',
  keywords: [
    'calibration',
    'platt',
    'isotonic regression',
    'reliability',
    'probability',
    'brier',
    'confidence',
  ],
  inputs: {
    model: { type: 'model', title: 'Model', description: 'A classifier.' },
    table: {
      type: 'table',
      title: 'Table',
      description: 'With validation rows; the table the model was trained on, or one with the same columns.',
    },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The same model with calibrated probabilities.' },
    report: {
      type: 'report',
      title: 'Report',
      description: 'Probabilities against the truth, before and after.',
    },
  },
  params,
  failures: { 'unknown-class': unknownClass },
  examples: [
    {
      title: 'Platt scaling',
      params: {},
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
    {
      title: 'Any ascending curve',
      params: { method: 'isotonic' },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { model, table } }) {
    return {
      outputs: { model, report: { kind: 'report' } },
      findings: [...targetLessFindings(model), ...findings(model, table)],
    }
  },
})

function findings({ answers }: ModelShape, table: TableShape): NodeFinding[] {
  if (answers !== 'numbers') return partFindings(table, 'validation')
  return [
    {
      code: 'not-classes',
      severity: 'error',
      message:
        'Only a model that tells classes apart has probabilities to calibrate, and this one answers with numbers.',
      remedy: 'Take this step out, or connect a classifier.',
      port: 'model',
    },
  ]
}
