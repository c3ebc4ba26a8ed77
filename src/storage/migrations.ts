import { readFileSync } from 'node:fs'
import { sha256OfText } from '../files/sha256.ts'

/** One change of the database's schema. Once released, its text never changes. */
export interface Migration {
  number: number
  name: string
  sql: string
}

/** In order. A bundler must copy these beside the bundle, into `migrations/`. */
export const migrationFiles = [
  '0001-tracking.sql',
  '0002-deployments.sql',
  '0003-monitors.sql',
  '0004-alerts.sql',
  '0005-automation.sql',
  '0006-replaced-versions.sql',
] as const

export function readMigrations(): Migration[] {
  return migrationFiles.map((name) => ({
    number: Number(name.slice(0, 4)),
    name,
    sql: readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8'),
  }))
}

/** Git may change line ends, which changes nothing that counts. */
export function checksumOf(migration: Migration): string {
  return sha256OfText(migration.sql.replaceAll('\r\n', '\n'))
}
