import { z } from 'zod'

const severity = z.enum(['error', 'warning']).default('error').meta({
  title: 'Severity',
  description: 'An error fails the step and keeps its report, a warning only reports.',
})
const mostly = z.number().min(0).max(1).default(1).meta({
  title: 'Mostly',
  description: 'The share of rows that must be as expected.',
  widget: 'slider',
  unit: 'share',
})
const column = z.string().min(1, 'Choose a column.').meta({
  title: 'Column',
  description: 'The column of the source that is changed, one row at a time.',
  widget: 'column',
})
const aboutClass = z
  .string()
  .optional()
  .meta({
    title: 'Class',
    answers: 'classes',
    description:
      'Whose probability is looked at. When left empty the positive class of two, of several the one that is answered. ' +
      'Amounts have no class.',
  })

/** What can be asked of a model, whatever learner made it. */
export const modelTestSchema = z.discriminatedUnion('test', [
  z.strictObject({ test: z.literal('answers-present'), severity }).meta({ title: 'Every row is answered' }),
  z
    .strictObject({
      test: z.literal('answers-between'),
      minimum: z.number().optional().meta({
        title: 'Minimum',
        description: 'The lowest that is expected; none when left empty.',
      }),
      maximum: z.number().optional().meta({
        title: 'Maximum',
        description: 'The highest that is expected; none when left empty.',
      }),
      class: aboutClass,
      mostly,
      severity,
    })
    .meta({ title: 'Answers lie between' }),
  z
    .strictObject({
      test: z.literal('share-of-class'),
      class: z.string().min(1, 'Name a class.').meta({
        title: 'Class',
        description: 'The class that is answered.',
      }),
      minimum: z.number().min(0).max(1).default(0).meta({
        title: 'Minimum',
        description: 'The smallest share of rows that is expected.',
        unit: 'share',
      }),
      maximum: z.number().min(0).max(1).default(1).meta({
        title: 'Maximum',
        description: 'The largest share of rows that is expected.',
        unit: 'share',
      }),
      severity,
    })
    .meta({ title: 'A class is answered this often' }),
  z
    .strictObject({
      test: z.literal('invariance'),
      column,
      values: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .max(50)
        .default([])
        .meta({
          title: 'Other values',
          description: 'Each is put in the place of the column’s own; a date or time as ISO 8601.',
        }),
      by: z.number().optional().meta({
        title: 'By',
        description: 'Or: an amount that is added to the column, and taken off it; dates in days.',
      }),
      tolerance: z
        .number()
        .min(0)
        .optional()
        .meta({
          title: 'Tolerance',
          description:
            'How far the answer may move: a probability, or an amount. When left empty, classes must stay the same, ' +
            'whatever their probability, and amounts must not move at all.',
        }),
      mostly,
      severity,
    })
    .meta({ title: 'Answers stay when a column changes' }),
  z
    .strictObject({
      test: z.literal('direction'),
      column,
      by: z.number().meta({
        title: 'By',
        description: 'The amount that is added to the column; below 0 taken off it; dates in days.',
      }),
      expected: z.enum(['rises', 'falls', 'does-not-rise', 'does-not-fall']).meta({
        title: 'The answer',
        description: 'Where the answer, or the probability of the class, must go.',
      }),
      class: aboutClass,
      tolerance: z.number().min(0).default(0).meta({
        title: 'Tolerance',
        description: 'A move of so much the wrong way is let pass.',
      }),
      mostly,
      severity,
    })
    .meta({ title: 'Answers follow a column' }),
  z
    .strictObject({
      test: z.literal('size'),
      maximumMb: z.number().positive().meta({
        title: 'At most',
        description: 'How large the file of the model may be.',
        unit: 'MB',
      }),
      severity,
    })
    .meta({ title: 'The model is small enough' }),
])
export type ModelTest = z.output<typeof modelTestSchema>

/** “The answers stay when “gender” changes”: what a test says of a model, as a sentence's beginning. */
export function phraseOf(test: ModelTest): string {
  switch (test.test) {
    case 'answers-present':
      return 'every row is answered'
    case 'answers-between':
      return `${answerWords(test.class)} ${rangeWords(test)}`
    case 'share-of-class':
      return `“${test.class}” is answered in ${percent(test.minimum)} to ${percent(test.maximum)} of the rows`
    case 'invariance':
      return `the answers stay when “${test.column}” changes`
    case 'direction':
      return `${answerWords(test.class)} ${directionWords[test.expected]} when “${test.column}” changes by ${test.by}`
    case 'size':
      return `the model has at most ${test.maximumMb} MB`
  }
}

const directionWords = {
  rises: 'rise',
  falls: 'fall',
  'does-not-rise': 'do not rise',
  'does-not-fall': 'do not fall',
} as const

const answerWords = (name: string | undefined): string =>
  name === undefined ? 'answers' : `probabilities of “${name}”`

function rangeWords({ minimum, maximum }: { minimum?: number | undefined; maximum?: number | undefined }) {
  if (minimum === undefined) return `are at most ${maximum ?? 'anything'}`
  return maximum === undefined ? `are at least ${minimum}` : `lie between ${minimum} and ${maximum}`
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(6))} %`
