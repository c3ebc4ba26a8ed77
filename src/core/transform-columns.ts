import type { Column, ColumnType } from './columns.ts'

/**
 * The row-wise transforms as a recipe keeps them, with columns by name, and which columns come out of each: told
 * once, for checks before a run and for the recipe during one.
 */
export interface TransformParams {
  cast: CastParams
  derive: DeriveParams
  impute: ImputeParams
  encode: EncodeParams
  scale: ScaleParams
}
export type TransformName = keyof TransformParams

export interface CastParams {
  /** Target type by column. */
  types: Readonly<Record<string, Exclude<ColumnType, 'vector'>>>
}

export interface DeriveParams {
  /** In order: an expression sees the columns that were derived before it. */
  columns: readonly { name: string; expression: string }[]
}

export interface ImputeParams {
  columns: readonly string[]
  /** For number and integer columns. */
  numeric: 'mean' | 'median' | 'most-frequent' | 'constant'
  numericValue: number
  /** For text columns; booleans always take their most frequent value. */
  text: 'most-frequent' | 'constant'
  textValue: string
  /** Adds a boolean column `<name>_missing` for each column. */
  indicators: boolean
}

export interface EncodeParams {
  columns: readonly string[]
  method: 'one-hot' | 'ordinal'
  /** One-hot: values with a smaller share of the train rows share one element. */
  minimumShare: number
  /** One-hot: at most so many elements a column, the one for rare values among them. */
  maximumCategories: number
  /** One-hot: which element is left out. */
  drop: 'none' | 'first' | 'if-binary'
  /** One-hot: whether “no value” is a value of its own, or all zeros. Ordinal codes keep it as no value. */
  missing: 'category' | 'zeros'
  /** Ordinal: the values of a column from lowest to highest; sorted by code point where not given. */
  order: Readonly<Record<string, readonly string[]>>
}

export interface ScaleParams {
  columns: readonly string[]
  method: 'standard' | 'min-max' | 'robust'
}

/** The columns with another in place of the one of that name, or behind them. */
export function withColumn(columns: readonly Column[], column: Column): Column[] {
  const index = columns.findIndex(({ name }) => name === column.name)
  return index === -1 ? [...columns, column] : columns.with(index, column)
}

export function columnsAfterCast(columns: readonly Column[], params: CastParams): Column[] {
  return columns.map((column) => {
    const type = params.types[column.name]
    return type === undefined ? column : computed(column, type)
  })
}

/** `types` are those of the expressions, in their order. */
export function columnsAfterDerive(
  columns: readonly Column[],
  params: DeriveParams,
  types: readonly ColumnType[],
): Column[] {
  return params.columns.reduce<Column[]>(
    (sofar, { name }, index) => {
      const replaced = sofar.find((column) => column.name === name)
      return withColumn(sofar, {
        name,
        type: types[index]!,
        role: replaced?.role ?? 'feature',
        origin: 'recipe',
      })
    },
    [...columns],
  )
}

export function columnsAfterImpute(columns: readonly Column[], params: ImputeParams): Column[] {
  const chosen = new Set(params.columns)
  const imputed = columns.map((column) =>
    chosen.has(column.name) ? computed(column, imputedType(column.type, params)) : column,
  )
  if (!params.indicators) return imputed
  return params.columns.reduce<Column[]>((sofar, name) => {
    const { role } = columns.find((column) => column.name === name)!
    return withColumn(sofar, { name: indicatorName(name), type: 'boolean', role, origin: 'recipe' })
  }, imputed)
}

export const indicatorName = (column: string): string => `${column}_missing`

/** Mean, and the middle of two, need not be whole. */
function imputedType(type: ColumnType, params: ImputeParams): ColumnType {
  if (type !== 'integer') return type
  switch (params.numeric) {
    case 'mean':
    case 'median':
      return 'number'
    case 'most-frequent':
      return 'integer'
    case 'constant':
      return Number.isInteger(params.numericValue) ? 'integer' : 'number'
  }
}

/** A one-hot column becomes one vector column of the same name; its elements are known once it is fitted. */
export function columnsAfterEncode(columns: readonly Column[], params: EncodeParams): Column[] {
  const type = params.method === 'one-hot' ? 'vector' : 'number'
  return replaceTypes(columns, params.columns, type)
}

export function columnsAfterScale(columns: readonly Column[], params: ScaleParams): Column[] {
  return replaceTypes(columns, params.columns, 'number')
}

function replaceTypes(columns: readonly Column[], names: readonly string[], type: ColumnType): Column[] {
  const chosen = new Set(names)
  return columns.map((column) => (chosen.has(column.name) ? computed(column, type) : column))
}

const computed = ({ name, role }: Column, type: ColumnType): Column => ({
  name,
  type,
  role,
  origin: 'recipe',
})
