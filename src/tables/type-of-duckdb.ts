import type { StartColumn } from '../core/artifacts.ts'

/** The type of a column for what DuckDB calls its type, or undefined where stored rows hold none such. */
export function typeOfDuckDb(name: string): StartColumn['type'] | undefined {
  switch (name.replace(/\(.*/, '')) {
    case 'DOUBLE':
    case 'FLOAT':
    case 'DECIMAL':
    case 'HUGEINT':
    case 'UHUGEINT':
    case 'UBIGINT':
      return name.endsWith(']') ? undefined : 'number'
    case 'BIGINT':
    case 'INTEGER':
    case 'SMALLINT':
    case 'TINYINT':
    case 'UINTEGER':
    case 'USMALLINT':
    case 'UTINYINT':
      return 'integer'
    case 'BOOLEAN':
      return 'boolean'
    case 'VARCHAR':
    case 'UUID':
    case 'ENUM':
    // What is NULL in every row has no type of its own.
    case '"NULL"':
      return name.endsWith(']') ? undefined : 'text'
    case 'DATE':
      return 'date'
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
    case 'TIMESTAMP_NS':
    case 'TIMESTAMP WITH TIME ZONE':
      return 'datetime'
    default:
      return undefined
  }
}
