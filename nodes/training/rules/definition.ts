import { z } from 'zod'
import type { Column, ModelShape, TableShape } from '../../../src/core/columns.ts'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { conditionFindings } from '../../features/filter/definition.ts'
import { targetLessFindings } from '../target-less-findings.ts'

const rule = z.strictObject({
  name: z.string().min(1).max(200).meta({
    title: 'Name',
    description: 'What it is called in predictions and in the report.',
  }),
  when: z.string().min(1).meta({
    title: 'When',
    description:
      'A condition on columns of the source, on “prediction” (the answer of the model) and, for classes, on “probability”.',
    widget: 'expression',
  }),
  answer: z.string().min(1).meta({
    title: 'Answer',
    description: 'For classes: one of the model’s. For amounts: an expression, such as “max(prediction, 0)”.',
    widget: 'expression',
  }),
})

const params = z.strictObject({
  rules: z.array(rule).max(500).default([]).meta({
    title: 'Rules',
    description: 'Of several whose condition holds for a row, the first one speaks.',
  }),
})
export type RulesParams = z.output<typeof params>

export const rules = defineNode({
  id: 'training.rules',
  version: 1,
  title: 'Business rules',
  summary: 'Lets rules have the last word over the answers of a model.',
  description:
    'What must hold whatever the model thinks: no offer below its price, no credit to minors, a person for cases in doubt. ' +
    'Rules become part of the model itself, so they hold in evaluation, in batches and when it is served alike; each ' +
    'prediction says which rule has spoken. Probabilities stay those of the model. A condition that a missing value leaves ' +
    'open does not hold.\n\n' +
    'Connect the table as it comes from its source: rules speak of its columns. This is the last step before “Evaluate” or ' +
    '“Register model”; threshold and calibration come before it.',
  keywords: ['override', 'policy', 'guardrail', 'post-processing', 'decision', 'constraint', 'expert rules'],
  inputs: {
    model: { type: 'model', title: 'Model' },
    table: {
      type: 'table',
      title: 'Table',
      description:
        'With the columns of the source; the report counts how often each rule speaks in its rows.',
    },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The same model with its rules.' },
    report: { type: 'report', title: 'Report', description: 'How often each rule has spoken.' },
  },
  params,
  failures: {
    'unknown-answer': {
      kind: 'user',
      message:
        'The rule “{rule}” answers with “{answer}”, which is no class of the model; it knows {classes}.',
      remedy: 'Choose one of these classes.',
    },
    'has-rules': {
      kind: 'user',
      message: 'The model has rules already.',
      remedy: 'Put all rules into one step.',
    },
  },
  examples: [
    {
      title: 'Those who came yesterday stay',
      params: {
        rules: [
          { name: 'newcomers', when: 'months < 1', answer: 'no' },
          { name: 'in doubt', when: 'probability > 0.4 and spend > 60', answer: 'yes' },
        ],
      },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
    {
      title: 'Amounts within bounds',
      params: { rules: [{ name: 'at least ten', when: 'prediction < 10', answer: 'max(10, spend)' }] },
      inputs: {
        model: { from: 'training.linear-regression', output: 'model' },
        table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { model, table }, params }) {
    return {
      outputs: { model: { ...model, rules: true }, report: { kind: 'report' } },
      findings: [...targetLessFindings(model), ...(table.known ? ruleFindings(model, table, params) : [])],
    }
  },
})

/** What rules may name: columns of the source, the model’s answer and, of classes, its probability. */
export function ruleColumns(
  { columns }: { columns: readonly Column[] },
  answers: 'classes' | 'numbers',
): Pick<Column, 'name' | 'type'>[] {
  const own = new Set(['prediction', 'probability'])
  const source = columns.filter(({ name, origin }) => origin === 'start' && !own.has(name))
  return [
    ...source.map(({ name, type }) => ({ name, type })),
    { name: 'prediction', type: answers === 'classes' ? 'text' : 'number' },
    ...(answers === 'classes' ? [{ name: 'probability', type: 'number' as const }] : []),
  ]
}

function ruleFindings(model: ModelShape, table: TableShape, { rules }: RulesParams): NodeFinding[] {
  const { answers } = model
  if (answers === undefined || answers === 'clusters') return []
  const columns = ruleColumns(table, answers).map(({ name, type }): Column => ({
    name,
    type,
    role: 'feature',
    origin: 'start',
  }))
  const shape: TableShape = { ...table, columns }
  return rules.flatMap((each, index) => [
    ...conditionFindings(shape, each.when, `rules.${index}.when`),
    ...(answers === 'numbers' ? amountFindings(columns, each.answer, `rules.${index}.answer`) : []),
  ])
}

/** How an amount is computed; a number alone is one too. */
export function checkAmount(
  answer: string,
  columns: readonly Pick<Column, 'name' | 'type'>[],
): ReturnType<typeof checkExpression> {
  const value = Number(answer)
  return answer.trim() !== '' && Number.isFinite(value)
    ? { expression: { kind: 'literal', type: 'number', value } }
    : checkExpression(answer, columns)
}

function amountFindings(columns: readonly Column[], answer: string, param: string): NodeFinding[] {
  const checked = checkAmount(answer, columns)
  if ('problem' in checked) {
    const { message, remedy } = checked.problem
    return [{ code: 'bad-expression', severity: 'error', message, remedy, param }]
  }
  const { type } = checked.expression
  if (type === 'number' || type === 'integer') return []
  return [
    {
      code: 'bad-expression',
      severity: 'error',
      message: `The answer is a ${type}, but this model answers with amounts.`,
      remedy: 'Write a number, or how it is computed.',
      param,
    },
  ]
}
