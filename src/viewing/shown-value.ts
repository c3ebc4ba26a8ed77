import type { RawValue } from '../contract/model-details.ts'
import type { StartColumn } from '../core/artifacts.ts'

/** A value that a model takes, as one would write it into a row. */
export function shownValue(value: number | string, type: StartColumn['type']): RawValue {
  if (value === '' || Number.isNaN(value)) return null
  if (typeof value === 'string') return value
  if (!Number.isFinite(value)) return String(value)
  switch (type) {
    case 'boolean':
      return value === 1
    case 'date':
      return new Date(value).toISOString().slice(0, 10)
    case 'datetime':
      return new Date(value).toISOString()
    case 'number':
    case 'integer':
    case 'text':
      return value
  }
}
