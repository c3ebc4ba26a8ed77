import type { StartColumn } from '../../core/artifacts.ts'

/** How a column of a Parquet file becomes a start column. */
export interface ParquetMapping {
  type: StartColumn['type']
  /** An expression on the column. */
  value: string
  /** True where a value has no place in the type; null where that cannot be. */
  problem: string | null
}

const MAX = Number.MAX_SAFE_INTEGER

/** What a DuckDB type becomes in a table, or null where nothing fits. `column` is an expression. */
export function parquetMapping(column: string, duckdbType: string): ParquetMapping | null {
  const type = duckdbType.toUpperCase()
  if (/\]$|^(STRUCT|MAP|UNION)\(/.test(type)) return textMapping(`to_json(${column})::VARCHAR`)
  if (type === 'BOOLEAN') return { type: 'boolean', value: column, problem: null }
  if (/^U?(TINYINT|SMALLINT|INTEGER)$/.test(type)) return { type: 'integer', value: column, problem: null }
  if (/^U?(BIGINT|HUGEINT)$/.test(type)) {
    return { type: 'integer', value: column, problem: `${column} NOT BETWEEN ${-MAX} AND ${MAX}` }
  }
  if (/^(FLOAT|DOUBLE|DECIMAL\()/.test(type)) {
    return { type: 'number', value: `${column}::DOUBLE`, problem: null }
  }
  if (type === 'DATE') {
    return {
      type: 'date',
      value: column,
      problem: `${column} NOT BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'`,
    }
  }
  if (type.startsWith('TIMESTAMP')) {
    const value = `${column}::TIMESTAMP`
    const problem = `${value} NOT BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999'`
    return { type: 'datetime', value, problem }
  }
  return /^(VARCHAR|JSON|UUID|ENUM|TIME|INTERVAL|BIT)/.test(type) ? textMapping(`${column}::VARCHAR`) : null
}

export function textMapping(value: string): ParquetMapping {
  return { type: 'text', value, problem: `contains(${value}, chr(0))` }
}
