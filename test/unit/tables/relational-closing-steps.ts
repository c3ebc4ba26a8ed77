import { quoteName, quoteText } from '../../../src/tables/quote.ts'
import { at, numbersOf, quoted, selectSql, type MakeStep, type NamedColumn } from './relational-step.ts'

export const query: MakeStep = (columns, [which = 0, how = 0]) => {
  const numbers = numbersOf(columns)
  if (numbers.length === 0 || columns.some(({ name }) => name === 'half')) return null
  const name = quoteName(at(numbers, which).name)
  const half = `${name}::DOUBLE / 2 AS half`
  const condition = how % 2 === 0 ? '' : `WHERE ${name} > 1`
  const order = `${name} DESC NULLS LAST`
  return {
    node: 'features.sql',
    params: { query: `SELECT *, ${half} FROM input ${condition} ORDER BY ${order}, _row` },
    sql: (from) =>
      selectSql({ order: `${order}, n`, columns: [...quoted(columns), half], from, rest: condition }),
    columns: [...columns, { name: 'half', type: 'number' }],
    isSplitKept: true,
  }
}

/** A value that a group has in a column of its own; only what is there counts. */
export const pivot: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const texts = columns.filter(({ type }) => type === 'text')
  const numbers = numbersOf(columns)
  if (texts.length === 0 || numbers.length === 0) return null
  const by = at(columns, which)
  const names = quoteName(at(texts, how).name)
  const of = quoteName(at(numbers, other).name)
  if (by.name === '=x' || by.name === '=y') return null
  const sum = (value: string) => `sum(${of}) FILTER (${names} = '${value}') AS ${quoteName(`=${value}`)}`
  return {
    node: 'features.pivot',
    params: {
      by: [by.name],
      namesFrom: at(texts, how).name,
      names: ['x', 'y'],
      function: 'sum',
      values: at(numbers, other).name,
      prefix: '=',
    },
    sql: (from) =>
      selectSql({
        order: 'min(n)',
        columns: [quoteName(by.name), sum('x'), sum('y')],
        from,
        rest: `GROUP BY ${quoteName(by.name)}`,
      }),
    columns: [by, { name: '=x', type: 'number' }, { name: '=y', type: 'number' }],
    isSplitKept: false,
  }
}

const joinKinds = ['inner', 'left', 'right', 'full', 'semi', 'anti'] as const
/** Columns of the table `lookup`, which has an order `n` too. */
export const lookupColumns: readonly NamedColumn[] = [
  { name: 'key', type: 'integer' },
  { name: 'label', type: 'text' },
]

export const join: MakeStep = (columns, [which = 0, how = 0]) => {
  const numbers = numbersOf(columns)
  if (numbers.length === 0 || columns.some(({ name }) => name === 'label' || name === 'key')) return null
  const key = at(numbers, which)
  const kind = at(joinKinds, how)
  const name = `t.${quoteName(key.name)}`
  const on = `ON ${name} = lookup."key"`
  if (kind === 'semi' || kind === 'anti') {
    const exists = `${kind === 'anti' ? 'NOT ' : ''}EXISTS (SELECT 1 FROM lookup WHERE lookup."key" = ${name})`
    return {
      node: 'features.join',
      params: { kind, keys: [{ left: key.name, right: 'key' }] },
      sql: (from) =>
        selectSql({ order: 'n', columns: quoted(columns), from: `${from} AS t`, rest: `WHERE ${exists}` }),
      columns,
      isSplitKept: true,
    }
  }
  const values = columns.map((column) => {
    const value = `t.${quoteName(column.name)}`
    return column === key ? `coalesce(${value}, lookup."key") AS ${quoteName(key.name)}` : value
  })
  return {
    node: 'features.join',
    params: { kind, keys: [{ left: key.name, right: 'key' }] },
    sql: (from) =>
      selectSql({
        order: 't.n NULLS LAST, lookup.n',
        columns: [...values, 'lookup.label'],
        from: `${from} AS t ${kind.toUpperCase()} JOIN lookup ${on}`,
      }),
    columns: [...columns, { name: 'label', type: 'text' }],
    isSplitKept: kind === 'inner' || kind === 'left',
  }
}

export const aggregate: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const numbers = numbersOf(columns)
  if (numbers.length === 0) return null
  const by = at(columns, which)
  if (by.name === 'measured' || by.name === 'rows') return null
  const of = at(numbers, other)
  const measured = at(['sum', 'min', 'max', 'count', 'distinct', 'first', 'median'] as const, how)
  const name = quoteName(of.name)
  const sqlOf = {
    sum: `sum(${name})::DOUBLE`,
    min: `min(${name})`,
    max: `max(${name})`,
    count: `count(${name})`,
    distinct: `count(DISTINCT ${name})`,
    first: `first(${name} ORDER BY n) FILTER (${name} IS NOT NULL)`,
    median: `median(${name})::DOUBLE`,
  }
  const type = { count: 'integer', distinct: 'integer', sum: 'number', median: 'number' } as const
  return {
    node: 'features.aggregate',
    params: {
      by: [by.name],
      measures: [
        { function: measured, column: of.name, name: 'measured' },
        { function: 'count', name: 'rows' },
      ],
    },
    sql: (from) =>
      selectSql({
        order: 'min(n)',
        columns: [quoteName(by.name), `${sqlOf[measured]} AS measured`, 'count(*) AS rows'],
        from,
        rest: `GROUP BY ${quoteName(by.name)}`,
      }),
    columns: [
      by,
      { name: 'measured', type: type[measured as keyof typeof type] ?? of.type },
      { name: 'rows', type: 'integer' },
    ],
    isSplitKept: false,
  }
}

export const window: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const numbers = numbersOf(columns)
  if (numbers.length === 0 || columns.some(({ name }) => name === 'moved')) return null
  const of = at(numbers, which)
  const by = at(columns, other)
  const rows = 1 + (how % 3)
  const asked = at(['lag', 'sum', 'max', 'row-number'] as const, how)
  const name = quoteName(of.name)
  const over = `PARTITION BY ${quoteName(by.name)} ORDER BY ${name} DESC NULLS LAST, n`
  const frame = `${over} ROWS BETWEEN ${rows - 1} PRECEDING AND CURRENT ROW`
  const sqlOf = {
    lag: `lag(${name}, ${rows}) OVER (${over})`,
    sum: `(sum(${name}) OVER (${frame}))::DOUBLE`,
    max: `max(${name}) OVER (${frame})`,
    'row-number': `row_number() OVER (${over})`,
  }
  const type = asked === 'sum' ? 'number' : asked === 'row-number' ? 'integer' : of.type
  return {
    node: 'features.window',
    params: {
      partitionBy: [by.name],
      orderBy: [{ column: of.name, order: 'descending' }],
      columns: [{ function: asked, column: of.name, rows, name: 'moved' }],
    },
    sql: (from) => `SELECT n, ${quoted(columns).join(', ')}, ${sqlOf[asked]} AS moved FROM ${from}`,
    columns: [...columns, { name: 'moved', type }],
    isSplitKept: true,
  }
}

export const unpivot: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const numbers = numbersOf(columns)
  const chosen = [...new Set([at(numbers, which), at(numbers, other)])]
  const kept = columns.filter((column) => !chosen.includes(column))
  if (numbers.length === 0 || kept.length === 0) return null
  if (kept.some(({ name }) => name === 'variable' || name === 'value')) return null
  const isDropped = how % 2 === 0
  const type = chosen.every((column) => column.type === 'integer') ? 'integer' : 'number'
  const cast = type === 'integer' ? 'BIGINT' : 'DOUBLE'
  const one = (from: string) => (column: NamedColumn, turn: number) =>
    `SELECT n, ${turn} AS turn, ${[...quoted(kept), `${quoteText(column.name)} AS variable`].join(', ')},
       ${quoteName(column.name)}::${cast} AS "value" FROM ${from}
     ${isDropped ? `WHERE ${quoteName(column.name)} IS NOT NULL` : ''}`
  const columnsAfter: NamedColumn[] = [...kept, { name: 'variable', type: 'text' }, { name: 'value', type }]
  return {
    node: 'features.unpivot',
    params: { columns: chosen.map(({ name }) => name), missing: isDropped ? 'drop' : 'keep' },
    sql: (from) =>
      selectSql({
        order: 'n, turn',
        columns: quoted(columnsAfter),
        from: `(${chosen.map(one(from)).join(' UNION ALL ')})`,
      }),
    columns: columnsAfter,
    isSplitKept: true,
  }
}
