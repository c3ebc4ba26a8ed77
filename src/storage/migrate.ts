import { renameSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { storageError } from './errors.ts'
import { checksumOf, type Migration } from './migrations.ts'

interface AppliedMigration {
  number: number
  name: string
  sha256: string
}

/**
 * Brings a database up to date, all of it or nothing, after copying it to `<file>.before-0002` (the first migration
 * that is new). Throws `storage.newer` for a database that knows more than `migrations`, and
 * `storage.migration-changed` when one that it was built by is gone or has another text now.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const applied = appliedMigrations(database)
  checkHistory(database.name, applied, migrations)
  const missing = migrations.slice(applied.length)
  if (!missing[0]) return
  if (applied.length > 0) copyDatabase(database, `${database.name}.before-${missing[0].name.slice(0, 4)}`)
  apply(database, missing)
}

/** For readers: throws unless the database is exactly as new as `migrations`. */
export function requireUpToDate(database: Database, migrations: readonly Migration[]): void {
  const applied = appliedMigrations(database)
  checkHistory(database.name, applied, migrations)
  if (applied.length < migrations.length) throw storageError('older-readonly', { file: database.name })
}

function appliedMigrations(database: Database): AppliedMigration[] {
  const table = database
    .prepare(`select 1 from sqlite_schema where type = 'table' and name = 'schema_migrations'`)
    .get()
  if (!table) return []
  return database
    .prepare<[], AppliedMigration>('select number, name, sha256 from schema_migrations order by number')
    .all()
}

function checkHistory(
  file: string,
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
): void {
  const known = migrations.at(-1)?.number ?? 0
  const found = applied.at(-1)?.number ?? 0
  if (found > known) throw storageError('newer', { file, found, known })
  for (const [index, { number, name, sha256 }] of applied.entries()) {
    const migration = migrations[index]
    if (migration?.number !== number || checksumOf(migration) !== sha256)
      throw storageError('migration-changed', { file, migration: name })
  }
}

function apply(database: Database, migrations: readonly Migration[]): void {
  // A migration may rebuild a table that others refer to; references are checked once all is done.
  database.pragma('foreign_keys = off')
  try {
    database
      .transaction(() => {
        database.exec(
          `create table if not exists schema_migrations (
             number integer primary key, name text not null, sha256 text not null, applied_at integer not null
           ) strict`,
        )
        const record = database.prepare('insert into schema_migrations values (?, ?, ?, ?)')
        for (const migration of migrations) {
          database.exec(migration.sql)
          record.run(migration.number, migration.name, checksumOf(migration), Date.now())
        }
        const broken = database.pragma('foreign_key_check') as { table: string; parent: string }[]
        if (broken[0])
          throw new Error(
            `migrating left “${broken[0].table}” with a reference to nothing in “${broken[0].parent}”`,
          )
      })
      .immediate()
  } finally {
    database.pragma('foreign_keys = on')
  }
}

function copyDatabase(database: Database, path: string): void {
  rmSync(`${path}.tmp`, { force: true })
  database.prepare('vacuum into ?').run(`${path}.tmp`)
  renameSync(`${path}.tmp`, path)
}
