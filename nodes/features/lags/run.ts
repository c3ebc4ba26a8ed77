import { defineRun } from '../../../src/node-kit/define-run.ts'
import { numberSql, storedSql, valueSql, type Relation } from '../../../src/tables/relation.ts'
import { addWindows } from '../add-windows.ts'
import {
  addedColumns,
  lags,
  orderOf,
  sourceColumns,
  type LagsParams,
  type RollingFunction,
} from './definition.ts'

export const run = defineRun(lags, async ({ table: { data } }, params, context) => ({
  table: await addWindows(context, data, {
    partitionBy: params.partitionBy,
    orderBy: orderOf(data, params),
    added: addedColumns(data, params),
    sqlOf: (relation, over) =>
      sourceColumns(data, params).flatMap((column) => columnSql(relation, { column, params, over })),
  }),
}))

function columnSql(
  relation: Relation,
  { column, params, over }: { column: string; params: LagsParams; over: string },
): string[] {
  return [
    ...params.lags.map((lag) => `lag(${storedSql(relation, column)}, ${lag}) OVER (${over})`),
    ...params.windows.flatMap((rows) => {
      const last = params.horizon
      const frame = `ROWS BETWEEN ${last + rows - 1} PRECEDING AND ${last} PRECEDING`
      return params.functions.map((rolling) =>
        rollingSql(relation, { column, rolling, frame: `${over} ${frame}` }),
      )
    }),
  ]
}

function rollingSql(
  relation: Relation,
  { column, rolling, frame }: { column: string; rolling: RollingFunction; frame: string },
): string {
  const number = numberSql(relation, column)
  switch (rolling) {
    case 'mean':
      return `sum(${number}) OVER (${frame}) / nullif(count(${number}) OVER (${frame}), 0)`
    case 'sum':
      return `sum(${number}) OVER (${frame})`
    case 'min':
    case 'max':
      return `${rolling}(${valueSql(relation, column)}) OVER (${frame})`
  }
}
