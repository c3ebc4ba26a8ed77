import type { StartColumn } from '../core/artifacts.ts'

/** The DuckDB type that holds a start column in stored rows. */
export function storedType(type: StartColumn['type']): string {
  switch (type) {
    case 'number':
      return 'DOUBLE'
    case 'integer':
      return 'BIGINT'
    case 'boolean':
      return 'BOOLEAN'
    case 'text':
      return 'VARCHAR'
    case 'date':
      return 'DATE'
    case 'datetime':
      return 'TIMESTAMP'
  }
}
