import { quoteName } from '../../../src/tables/quote.ts'
import { at, numbersOf, quoted, selectSql, type MakeStep } from './relational-step.ts'

export const filter: MakeStep = (columns, [which = 0, how = 0, value = 0]) => {
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

export const sort: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
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

export const deduplicate: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
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

export const select: MakeStep = (columns, [which = 0, how = 0]) => {
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

export const rename: MakeStep = (columns, [which = 0, how = 0, other = 0]) => {
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

export const reorder: MakeStep = (columns, [which = 0, how = 0]) => {
  const moved = at(columns, which)
  const rest = columns.filter((column) => column !== moved)
  const isFront = how % 2 === 0
  const after = isFront ? [moved, ...rest] : [...rest, moved]
  return {
    node: 'features.reorder',
    params: { columns: [moved.name], to: isFront ? 'front' : 'end' },
    sql: (from) => selectSql({ order: 'n', columns: quoted(after), from }),
    columns: after,
    isSplitKept: true,
  }
}

export const derive: MakeStep = (columns, [which = 0, how = 0]) => {
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
