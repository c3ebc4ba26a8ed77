import type { TableData } from '../../../src/core/artifacts.ts'
import { quoteName, quoteText } from '../../../src/tables/quote.ts'

export interface NamedColumn {
  name: string
  type: 'integer' | 'number' | 'text' | 'boolean'
}

/** A step of a chain: a node with its parameters, and the same in plain SQL. */
export interface ChainStep {
  node: string
  params: Record<string, unknown>
  /** A SELECT of `n` (the order of the rows) and the columns, from a table of the same form. */
  sql: (from: string) => string
  columns: readonly NamedColumn[]
  /** Whether each row is still one row of the input, so that it keeps its part of the split. */
  isSplitKept: boolean
}

/** Numbers that decide what a step is; any numbers make a step. */
export type Choices = readonly number[]

const quoted = (columns: readonly { name: string }[]): string[] => columns.map(({ name }) => quoteName(name))
const numbersOf = (columns: readonly NamedColumn[]) =>
  columns.filter(({ type }) => type === 'integer' || type === 'number')
const at = <Item>(items: readonly Item[], choice: number): Item => items[choice % items.length]!

function selectSql(options: {
  order: string
  columns: readonly string[]
  from: string
  rest?: string
}): string {
  const { order, columns, from, rest = '' } = options
  return `SELECT row_number() OVER (ORDER BY ${order}) AS n, ${columns.join(', ')} FROM ${from} ${rest}`
}

type MakeStep = (columns: readonly NamedColumn[], choices: Choices) => ChainStep | null

const filter: MakeStep = (columns, [which = 0, how = 0, value = 0]) => {
  const column = at(columns, which)
  const name = quoteName(column.name)
  const [condition, sql] =
    how % 3 === 0
      ? [`${name} is not null`, `${name} IS NOT NULL`]
      : column.type === 'boolean'
        ? [name, name]
        : column.type === 'text'
          ? [`${name} <> 'x'`, `${name} <> 'x'`]
          : [`${name} >= ${value % 4}`, `${name} >= ${value % 4}`]
  const isOther = how % 5 === 4
  const where = isOther ? `WHERE (${sql}) IS NOT TRUE` : `WHERE ${sql}`
  return {
    node: 'features.filter',
    params: { condition, keep: isOther ? 'others' : 'matching' },
    sql: (from) => selectSql({ order: 'n', columns: quoted(columns), from, rest: where }),
    columns,
    isSplitKept: true,
  }
}

const sort: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const first = at(columns, which)
  const second = at(columns, other)
  const by = first === second ? [first] : [first, second]
  const orders = ['ascending', 'descending'] as const
  const missing = how % 2 === 0 ? 'last' : 'first'
  const keys = by.map(
    ({ name }, index) =>
      `${quoteName(name)} ${(how + index) % 3 === 0 ? 'DESC' : 'ASC'} NULLS ${missing.toUpperCase()}`,
  )
  return {
    node: 'features.sort',
    params: {
      by: by.map(({ name }, index) => ({ column: name, order: orders[(how + index) % 3 === 0 ? 1 : 0] })),
      missing,
    },
    sql: (from) => selectSql({ order: [...keys, 'n'].join(', '), columns: quoted(columns), from }),
    columns,
    isSplitKept: true,
  }
}

const deduplicate: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const by = [...new Set([at(columns, which), at(columns, other)])]
  const keep = at(['first', 'last', 'none'] as const, how)
  const keys = quoted(by).join(', ')
  const order = keep === 'last' ? 'n DESC' : 'n'
  const condition =
    keep === 'none'
      ? `count(*) OVER (PARTITION BY ${keys}) = 1`
      : `row_number() OVER (PARTITION BY ${keys} ORDER BY ${order}) = 1`
  return {
    node: 'features.deduplicate',
    params: { columns: by.map(({ name }) => name), keep },
    sql: (from) =>
      selectSql({
        order: 'n',
        columns: quoted(columns),
        from: `(SELECT * FROM ${from} QUALIFY ${condition})`,
      }),
    columns,
    isSplitKept: true,
  }
}

const select: MakeStep = (columns, [which = 0, how = 0]) => {
  if (columns.length < 3) return null
  const dropped = at(columns, which)
  const left = columns.filter((column) => column !== dropped)
  const params =
    how % 2 === 0
      ? { columns: [dropped.name], action: 'drop' }
      : { columns: left.map(({ name }) => name), action: 'keep' }
  return {
    node: 'features.select-columns',
    params,
    sql: (from) => selectSql({ order: 'n', columns: quoted(left), from }),
    columns: left,
    isSplitKept: true,
  }
}

const rename: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
  const first = at(columns, which)
  const second = at(columns, other)
  const isExchange = how % 2 === 0 && first !== second
  const names = isExchange
    ? { [first.name]: second.name, [second.name]: first.name }
    : { [first.name]: `${first.name}'` }
  const renamed = columns.map((column) => ({ ...column, name: names[column.name] ?? column.name }))
  return {
    node: 'features.rename',
    params: { names },
    sql: (from) =>
      selectSql({
        order: 'n',
        columns: columns.map(({ name }, index) => `${quoteName(name)} AS ${quoteName(renamed[index]!.name)}`),
        from,
      }),
    columns: renamed,
    isSplitKept: true,
  }
}

const derive: MakeStep = (columns, [which = 0, how = 0]) => {
  const numbers = numbersOf(columns)
  if (numbers.length === 0) return null
  const name = quoteName(at(numbers, which).name)
  const made = `made ${how % 50}`
  if (columns.some((column) => column.name === made)) return null
  return {
    node: 'features.derive',
    params: { columns: [{ name: made, expression: `${name} * 2 + 1` }] },
    sql: (from) =>
      selectSql({
        order: 'n',
        columns: [...quoted(columns), `(${name} * 2 + 1)::DOUBLE AS ${quoteName(made)}`],
        from,
      }),
    columns: [...columns, { name: made, type: 'number' }],
    isSplitKept: true,
  }
}

const joinKinds = ['inner', 'left', 'right', 'full', 'semi', 'anti'] as const
/** Columns of the table `lookup`, which has an order `n` too. */
export const lookupColumns: readonly NamedColumn[] = [
  { name: 'key', type: 'integer' },
  { name: 'label', type: 'text' },
]

const join: MakeStep = (columns, [which = 0, how = 0]) => {
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

const aggregate: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
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

const window: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
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

const unpivot: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
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

/** Every kind of step, each made of columns that are there; null where it cannot be. */
export const stepMakers: readonly MakeStep[] = [
  filter,
  sort,
  deduplicate,
  select,
  rename,
  derive,
  join,
  aggregate,
  window,
  unpivot,
]

export const visibleNames = (table: TableData): string[] => table.columns.map(({ name }) => name)
