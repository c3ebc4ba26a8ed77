import { z } from 'zod'
import type { Column } from '../../../src/core/columns.ts'
import type { TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { chosenNames, emptyRule, placeInSelection } from '../../../src/node-kit/chosen-names.ts'
import { columnSelection } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { transformShape } from '../../../src/node-kit/transform-shape.ts'

const params = z.strictObject({
  columns: columnSelection.default({ type: 'text', except: [] }).meta({
    title: 'Columns',
    description: 'The texts that are cleaned. By rule, features alone.',
    widget: 'columns',
  }),
  letters: z.enum(['lower', 'upper', 'keep']).default('lower').meta({
    title: 'Letters',
    description: 'Makes A to Z small or capital, or keeps them. Letters beyond them keep their case.',
  }),
  missing: z.array(z.string()).default([]).meta({
    title: 'Missing values',
    description: 'Whole texts that mean “no value”, as they are after the change of letters.',
  }),
  replace: z.record(z.string(), z.string()).default({}).meta({
    title: 'Replace',
    description: 'Whole texts to be read as another, as they are after the change of letters.',
  }),
})
export type TextCleanNodeParams = z.output<typeof params>

export const textClean = defineNode({
  id: 'features.text-clean',
  version: 1,
  title: 'Clean texts',
  summary: 'Makes texts that mean the same the same: letters, missing values, spellings.',
  description:
    'What is done becomes part of every model that is trained on the table, so it is limited to what a model can do: it ' +
    'compares whole texts, and changes A to Z. Spaces around texts, other letters and anything before the texts are ' +
    'known as values is the business of the source: its reader trims, and reads texts as others, for training and ' +
    'serving alike. Each row is computed by itself, so this step may stand before or after a split; it may change the target.',
  keywords: [
    'lowercase',
    'uppercase',
    'normalize text',
    'replace values',
    'synonyms',
    'recode',
    'map values',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: { table: { type: 'table', title: 'Table', description: 'The same rows with cleaned texts.' } },
  params,
  failures: {},
  examples: [
    {
      title: 'One spelling of each town, and none for what is not known',
      params: { columns: ['town'], missing: ['n/a', '?'], replace: { 'j.': 'jena' } },
      inputs: { table: { csv: 'town,rent\nJENA,700\nJ.,650\nN/A,690\nGera,\n' } },
    },
    {
      title: 'Answers as yes and no',
      params: { letters: 'keep', replace: { Y: 'yes', N: 'no' } },
      inputs: { table: { csv: 'answer\nY\nyes\nN\n\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = textCleanSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns that are cleaned here, and the step of the recipe, if there are any. */
export function textCleanSteps(
  table: { columns: readonly Column[] },
  { columns, letters, missing, replace }: TextCleanNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'text')
  if (names.length === 0) return { names, steps: [] }
  const params = { columns: [...names], letters, missing: [...missing], replace: { ...replace } }
  return { names, steps: [{ transform: 'text-clean', params }] }
}
