import type { ColumnType } from '../core/columns.ts'
import type { categoryMethods, DriftMethod, numberMethods } from '../core/drift-methods.ts'

/** What a column alone is judged by. */
export interface ColumnDriftSettings {
  method?: DriftMethod
  /** The significance of a test, or the distance from which on the column has drifted. */
  limit?: number
}

/** How drift is measured and judged. */
export interface DriftSettings {
  numberMethod: 'auto' | (typeof numberMethods)[number]
  categoryMethod: 'auto' | (typeof categoryMethods)[number]
  /** Tests: drift below this p-value. */
  significance: number
  /** Distances: drift from here on. */
  distanceLimit: number
  /**
   * A distance grows with chance where rows are few or values are many: from its limit on it counts as drift only where
   * chance makes one like it less often than this; always, when absent.
   */
  mostChance?: number
  /** What is measured besides, where it suits the column; it judges nothing. */
  also?: readonly DriftMethod[]
  /** By name, where a column differs from the others. */
  byColumn?: Readonly<Record<string, ColumnDriftSettings>>
}

export const defaultDriftSettings = {
  numberMethod: 'auto',
  categoryMethod: 'auto',
  significance: 0.05,
  distanceLimit: 0.1,
  mostChance: 0.001,
} as const satisfies DriftSettings

/** What holds for a column: its own settings before those of its type. */
export function settingsOfColumn(
  { name, type }: { name: string; type: ColumnType },
  settings: DriftSettings,
): { method?: DriftMethod; significance: number; distanceLimit: number; mostChance?: number } {
  const own = settings.byColumn?.[name]
  const ofType = type === 'boolean' || type === 'text' ? settings.categoryMethod : settings.numberMethod
  const method = own?.method ?? (ofType === 'auto' ? undefined : ofType)
  return {
    ...(method && { method }),
    significance: own?.limit ?? settings.significance,
    distanceLimit: own?.limit ?? settings.distanceLimit,
    ...(settings.mostChance !== undefined && { mostChance: settings.mostChance }),
  }
}
