import type { Sql } from './sql.ts'

/** What looking at a source gave (shapes of its outputs), by a key of the engine's making. */
export interface Probes {
  /** Null when it was not looked at. */
  get(key: string): unknown
  put(key: string, value: unknown, options: { now: number }): void
}

export function createProbes(sql: Sql): Probes {
  return {
    get(key) {
      const row = sql.get<{ value: string }>('select value from probes where key = :key', { key })
      return row ? (JSON.parse(row.value) as unknown) : null
    },
    put(key, value, { now }) {
      sql.run('insert or replace into probes (key, value, probed_at) values (:key, :value, :now)', {
        key,
        value: JSON.stringify(value),
        now,
      })
    },
  }
}
