import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { columnsOfExpression, type TypedExpression } from '../../../src/core/expression/typed-expression.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { expressionSql } from '../../../src/tables/expression-sql.ts'
import type { Relation } from '../../../src/tables/relation.ts'
import { pickTable } from '../pick-table.ts'
import { filter, type FilterParams } from './definition.ts'

export const run = defineRun(filter, async ({ table }, params, context) => {
  const expression = conditionOf(table.data.columns, params)
  const names = columnsOfExpression(expression)
  return {
    table: await pickTable(context, table, names, (relation) => {
      const condition = expressionSql(withPlaces(expression, relation))
      const kept = params.keep === 'matching' ? condition : `NOT coalesce(${condition}, false)`
      return `SELECT place FROM ${relation.view} WHERE ${kept}`
    }),
  }
})

function conditionOf(columns: Relation['table']['columns'], { condition }: FilterParams): TypedExpression {
  const checked = checkExpression(condition, columns)
  if ('problem' in checked) throw new TypeError('the condition was checked before')
  return checked.expression
}

/** The expression with each column called as the relation calls it. */
function withPlaces(expression: TypedExpression, relation: Relation): TypedExpression {
  switch (expression.kind) {
    case 'literal':
      return expression
    case 'column':
      return { ...expression, name: `c${relation.columns.findIndex(({ name }) => name === expression.name)}` }
    case 'operation':
      return { ...expression, inputs: expression.inputs.map((input) => withPlaces(input, relation)) }
  }
}
