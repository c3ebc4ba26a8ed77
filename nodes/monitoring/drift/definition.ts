import type { ModelShape, TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers, customersCsv } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { columnFindings } from './column-findings.ts'
import { params, type DriftParams } from './params.ts'

export const drift = defineNode({
  id: 'monitoring.drift',
  version: 1,
  title: 'Find drift',
  summary: 'Tells which columns are distributed otherwise than in a reference.',
  description:
    'A model is as good as its test metrics only while the rows it meets are like those it learned from. This step ' +
    'compares each column of a table with a reference by a statistical test or a distance, and the table as a whole by the ' +
    'share of columns that have drifted. Missing values and what is infinite do not count in a distribution; how many are ' +
    'missing is compared by a test of its own.\n\n' +
    'Methods and thresholds are chosen by type, number of values and number of rows as Evidently chooses them. A test ' +
    'asks whether a difference can be chance, so with many rows it finds every small one; a distance asks how large it ' +
    'is.\n\n' +
    'The reference is a table, or what a model remembers of its training rows: a sketch of each of its columns. From rows ' +
    'scores are exact; from a sketch they come with the bounds that the score of the rows lies between.\n\n' +
    'The report says which columns have drifted, also where the table as a whole has not, and points out columns that name ' +
    'rows. The step *Write report* gives it as one HTML page, and so does `pipewright runs show RUN NODE --html FILE`. ' +
    'Formulas and sources stand in `docs/statistics.md`.',
  keywords: [
    'data drift',
    'covariate shift',
    'distribution',
    'psi',
    'kolmogorov',
    'monitor',
    'stability',
    'evidently',
  ],
  inputs: {
    reference: {
      type: 'table',
      title: 'Reference',
      optional: true,
      description: 'How things were: the table a model was trained on.',
    },
    model: {
      type: 'model',
      title: 'Model',
      optional: true,
      description: 'A model instead, whose training rows are the reference; else a registered one is named.',
    },
    current: { type: 'table', title: 'Current', description: 'How things are now.' },
  },
  outputs: {
    report: {
      type: 'report',
      title: 'Report',
      description: 'Each column with its distance and both distributions.',
    },
  },
  params,
  failures: {
    drifted: {
      kind: 'user',
      message: '{count} of {total} columns have drifted: {columns}.',
      remedy:
        'Look at the report (`pipewright runs show latest {node}`); train anew on recent rows, or mend the data where a ' +
        'source has changed.',
    },
    'no-sketch': {
      kind: 'user',
      message: 'The model does not know what the rows looked like that it was trained on.',
      remedy: 'Connect the table that it was trained on as the reference.',
    },
    'no-columns': {
      kind: 'user',
      message: 'The table has no column in common with the training rows of the model.',
      remedy: 'Connect the table as it comes from its file, with the columns that the model starts from.',
    },
  },
  examples: [
    {
      title: 'The same customers',
      params: { columns: ['plan', 'months', 'spend'] },
      inputs: { reference: customers, current: { csv: customersCsv(45) } },
    },
    {
      title: 'Prices went up',
      params: {
        numberMethod: 'population-stability-index',
        distanceLimit: 0.25,
        overrides: [{ column: 'months', method: 'kolmogorov-smirnov', limit: 0.01 }],
        also: ['wasserstein'],
        together: true,
        adjust: true,
        share: 0.2,
      },
      inputs: {
        reference: customers,
        current: { csv: customersCsv().replaceAll(/,(\d\d)(\.\d\d),/g, ',1$1$2,') },
      },
    },
    {
      title: 'Beside what a model was trained on',
      params: {},
      inputs: {
        model: { from: 'training.logistic-regression', output: 'model' },
        current: { csv: customersCsv(45) },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate: ({ inputs: { reference, model, current }, params }) => ({
    outputs: { report: { kind: 'report' } },
    findings: [
      ...referenceFindings({ reference, model }, params),
      ...(reference ? atPort('reference', partFindings(reference, params.referenceRows)) : []),
      ...atPort('current', partFindings(current, params.currentRows)),
      ...(reference?.known && current.known ? columnFindings(reference, current, params) : []),
    ],
  }),
})

const atPort = (port: string, findings: NodeFinding[]): NodeFinding[] =>
  findings.map((finding) => Object.assign(finding, { port }))

function referenceFindings(
  { reference, model }: { reference: TableShape | undefined; model: ModelShape | undefined },
  params: DriftParams,
): NodeFinding[] {
  if (reference && model) return [twoReferences]
  if (!reference && !model && params.model === '') return [noReference]
  return !reference && params.together ? [rowsWanted] : []
}

const noReference: NodeFinding = {
  code: 'no-reference',
  severity: 'error',
  message: 'There is nothing to compare the table with.',
  remedy: 'Connect a reference or a model, or name a registered model.',
  param: 'model',
}

const twoReferences: NodeFinding = {
  code: 'two-references',
  severity: 'error',
  message: 'Both a reference and a model are connected.',
  remedy: 'Leave one of them away.',
  port: 'model',
}

const rowsWanted: NodeFinding = {
  code: 'no-rows',
  severity: 'warning',
  message: 'A model remembers its training rows column by column, so all columns together are not looked at.',
  remedy: 'Connect the training table as the reference, or switch “All columns together” off.',
  param: 'together',
}
