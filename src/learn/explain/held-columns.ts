/** Columns of rows that are held in memory, as a model takes them: NaN or `''` for null. */
export type HeldColumns = Readonly<Record<string, Float64Array | readonly string[]>>

/** The same columns, one of them with other values. */
export function withColumn(columns: HeldColumns, name: string, values: HeldColumns[string]): HeldColumns {
  // Not a spread with a computed key after it: `__proto__` is a column like any other.
  return Object.fromEntries([...Object.entries(columns).filter(([other]) => other !== name), [name, values]])
}
