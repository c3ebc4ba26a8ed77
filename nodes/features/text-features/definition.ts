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
    description: 'The texts whose words are counted. By rule, features alone.',
    widget: 'columns',
  }),
  weights: z
    .enum(['tf-idf', 'count', 'presence'])
    .default('tf-idf')
    .meta({
      title: 'Weights',
      description:
        'TF-IDF: a term counts more the fewer rows have it, and each text has length 1. Count: how often a term comes. ' +
        'Presence: 1 where it does.',
    }),
  words: z
    .tuple([z.int().min(1).max(3), z.int().min(1).max(3)])
    .default([1, 1])
    .meta({
      title: 'Words of a term',
      description:
        'The fewest and the most words in a row that make a term: 1 and 2 for words and pairs of them.',
      unit: 'words',
    }),
  maximumTerms: z.int().min(1).max(100_000).default(1000).meta({
    title: 'Most terms',
    description: 'With more terms in the train rows, the less frequent ones are left out.',
    unit: 'terms',
  }),
  minimumRows: z.int().min(1).default(2).meta({
    title: 'Fewest rows',
    description: 'A term that comes in fewer train rows is left out.',
    unit: 'rows',
  }),
  lowerCase: z.boolean().default(true).meta({
    title: 'Small letters',
    description: 'Reads A to Z as small letters; letters beyond them keep their case.',
  }),
})
export type TextFeaturesNodeParams = z.output<typeof params>

export const textFeatures = defineNode({
  id: 'features.text-features',
  version: 1,
  title: 'Count words',
  summary: 'Turns texts into numbers: how often each term comes, with TF-IDF weights.',
  description:
    'A word is a run of two or more letters, digits and “_”. The terms are those of the train rows; each text column ' +
    'becomes one vector column of the same name, whose elements are the terms. As scikit-learn’s TfidfVectorizer with its ' +
    'defaults, but that only A to Z become small letters, and that of equally frequent terms at the limit those stay that ' +
    'come first in the alphabet. A text that is missing or has no known term is all zeros. The terms become part of ' +
    'every model that is trained on the table.',
  keywords: [
    'bag of words',
    'TfidfVectorizer',
    'CountVectorizer',
    'n-grams',
    'tokenize',
    'NLP',
    'vocabulary',
    'spam',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same rows with terms for texts.' },
  },
  params,
  failures: {},
  examples: [
    {
      title: 'Words of messages',
      params: { columns: ['message'], minimumRows: 1 },
      inputs: {
        table: { csv: 'message\nFree entry now\nSee you at home\nyou won a FREE entry\n\nHome now?\n' },
      },
    },
    {
      title: 'Whether a word or a pair of words is there',
      params: { words: [1, 2], weights: 'presence', minimumRows: 2 },
      inputs: {
        table: { csv: 'review\nvery good\nnot very good\nvery bad\n' },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'train-rows',
  propagate({ inputs: { table }, params }) {
    const { names, steps } = textFeaturesSteps(table, params)
    const after = transformShape(table, steps, placeInSelection(params.columns, steps))
    return {
      outputs: { table: after.table },
      findings: [...emptyRule(table, params.columns, names), ...after.findings],
    }
  },
})

/** The columns whose words are counted here, and the step of the recipe, if there are any. */
export function textFeaturesSteps(
  table: { columns: readonly Column[] },
  { columns, words, weights, maximumTerms, minimumRows, lowerCase }: TextFeaturesNodeParams,
): { names: readonly string[]; steps: TransformStep[] } {
  const names = chosenNames(table, columns, ({ type }) => type === 'text')
  if (names.length === 0) return { names, steps: [] }
  const [fewest, most] = words
  const terms = { words: [fewest, most] as [number, number], weights, maximumTerms, minimumRows, lowerCase }
  return { names, steps: [{ transform: 'text-features', params: { columns: [...names], ...terms } }] }
}
