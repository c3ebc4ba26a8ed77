import type { TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { joinFindings } from './findings.ts'
import { joinedColumns, keepsRecipe } from './joined-columns.ts'
import { joinParams } from './params.ts'

const orders = 'order,customer,amount\n1,C1,12.5\n2,C2,9\n3,C1,30\n4,C7,4.25\n5,,8\n'
const people = 'customer,town,amount\nC1,Jena,100\nC2,Gera,200\nC3,Ulm,300\n'

export const join = defineNode({
  id: 'features.join',
  version: 1,
  title: 'Join tables',
  summary: 'Puts the columns of two tables side by side where their keys are equal.',
  description:
    'Rows come out in the order of the left table, then in that of the right; rows of the right table alone stand at ' +
    'the end. The key columns of the right table are not repeated. Columns that a recipe computed are written out: ' +
    'the table starts a new recipe here, and a model that is trained on it takes the joined columns as its input. A ' +
    'semi or anti join only picks rows of the left table, so its recipe stays.\n\n' +
    'Each row keeps its part of the split of the left table. Where both tables are split, matching rows have to stand in ' +
    'the same part: otherwise a model would be tested on what it was trained on. Where keys repeat on both sides, the ' +
    'step warns and says how many rows that made.',
  keywords: ['merge', 'lookup', 'vlookup', 'combine columns', 'relate', 'outer join', 'enrich'],
  inputs: {
    left: { type: 'table', title: 'Left table' },
    right: { type: 'table', title: 'Right table' },
  },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The joined rows.' },
    unmatchedLeft: {
      type: 'table',
      title: 'Unmatched left rows',
      description: 'Rows of the left table without a match, as they were.',
    },
    unmatchedRight: {
      type: 'table',
      title: 'Unmatched right rows',
      description: 'Rows of the right table without a match, as they were.',
    },
  },
  params: joinParams,
  failures: {
    'different-splits': {
      kind: 'user',
      message: 'Of the rows that match, {count} stand in different parts of the two splits.',
      remedy: 'Join the tables first and split afterwards, or feed both from the same split.',
    },
    'too-many-rows': {
      kind: 'user',
      message: '{rows} rows would match; at most {limit} are allowed here.',
      remedy: 'Join by more keys, remove duplicates of the keys first, or allow more rows.',
    },
  },
  examples: [
    {
      title: 'Where the customers of orders live',
      params: { keys: [{ left: 'customer' }] },
      inputs: { left: { csv: orders, roles: { order: 'id' } }, right: { csv: people } },
    },
    {
      title: 'All orders and all customers',
      params: { kind: 'full', keys: [{ left: 'customer', right: 'customer' }], suffix: ' of customer' },
      inputs: { left: { csv: orders }, right: { csv: people } },
    },
    {
      title: 'Customers with an order, each in its part',
      params: { kind: 'semi', keys: [{ left: 'customer' }] },
      inputs: {
        left: {
          csv: 'customer,age\nC1,30\nC2,40\nC7,50\nC4,60\nC5,70\nC6,80\n',
          split: ['train', 'validation', 'test', 'train', 'validation', 'test'],
        },
        right: { csv: orders },
      },
    },
    {
      title: 'Each shop with each day',
      params: { kind: 'cross' },
      inputs: { left: { csv: 'shop\nJena\nGera\n' }, right: { csv: 'day\n2026-03-01\n2026-03-02\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { left, right }, params }) {
    const known = left.known && right.known
    const columns = known ? joinedColumns(left, right, params).map(({ column }) => column) : []
    const table: TableShape = keepsRecipe(params) ? left : { ...left, columns, known }
    return {
      outputs: { table, unmatchedLeft: left, unmatchedRight: right },
      findings: joinFindings(left, right, params),
    }
  },
})
