import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrate } from '../../../src/storage/migrate.ts'
import { migrationFiles, readMigrations, type Migration } from '../../../src/storage/migrations.ts'
import { openTracking } from '../../../src/storage/open-tracking.ts'
import { newRun, temporaryFolder } from './storage-samples.ts'

const first: Migration = {
  number: 1,
  name: '0001-people.sql',
  sql: "create table people (name text primary key) strict;\ninsert into people values ('Ada');\n",
}
const second: Migration = {
  number: 2,
  name: '0002-birth-years.sql',
  sql: `create table new_people (name text primary key, born integer) strict;
    insert into new_people select name, 1815 from people;
    drop table people; alter table new_people rename to people;`,
}
const broken: Migration = { number: 3, name: '0003-broken.sql', sql: 'drop table people; select nonsense;' }
const dangling: Migration = {
  number: 3,
  name: '0003-dangling.sql',
  sql: `create table pets (owner text references people (name)) strict; insert into pets values ('nobody');`,
}

function open(file: string): Database.Database {
  return new Database(file)
}

function migrated(file: string, migrations: readonly Migration[]): unknown[] {
  const database = open(file)
  try {
    migrate(database, migrations)
    return database.prepare('select * from people').all()
  } finally {
    database.close()
  }
}

describe('migrating', () => {
  it('brings a database of every past version to the newest, after copying it', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    expect(migrated(file, [first])).toEqual([{ name: 'Ada' }])
    expect(existsSync(`${file}.before-0001`)).toBe(false)
    expect(migrated(file, [first, second])).toEqual([{ name: 'Ada', born: 1815 }])
    const copy = open(`${file}.before-0002`)
    expect(copy.prepare('select * from people').all()).toEqual([{ name: 'Ada' }])
    copy.close()
  })

  it('changes nothing the second time', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'tracking.db')
    migrated(file, [first, second])
    migrated(file, [first, second])
    expect(await readdir(folder)).toEqual(['tracking.db'])
  })

  it.each([
    [broken, 'no such column'],
    [dangling, 'left “pets” with a reference to nothing in “people”'],
  ])('leaves the database as it was when $name fails', (failing, message) => {
    const file = join(temporaryFolder(), 'tracking.db')
    migrated(file, [first])
    expect(() => migrated(file, [first, second, failing])).toThrow(message)
    expect(migrated(file, [first])).toEqual([{ name: 'Ada' }])
    expect(migrated(file, [first, second])).toEqual([{ name: 'Ada', born: 1815 }])
  })

  it('refuses a database of a newer version', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    migrated(file, [first, second])
    expect(() => migrated(file, [first])).toThrow(
      expect.objectContaining({
        code: 'storage.newer',
        remedy: 'Install the newer version, or choose another workspace.',
      }),
    )
  })

  it('refuses a database whose past was rewritten', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    migrated(file, [first, second])
    const changed = { ...first, sql: first.sql.replace('Ada', 'Bob') }
    const refusal = expect.objectContaining({ code: 'storage.migration-changed' }) as Error
    expect(() => migrated(file, [changed, second])).toThrow(refusal)
    expect(() => migrated(file, [second])).toThrow(refusal)
  })

  it('does not mind the line ends that Git makes on Windows', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    migrated(file, [first])
    const onWindows = { ...first, sql: first.sql.replaceAll('\n', '\r\n') }
    expect(migrated(file, [onWindows])).toEqual([{ name: 'Ada' }])
  })
})

describe('the migrations of the product', () => {
  it('are all on the list, numbered without a gap', async () => {
    const folder = join(import.meta.dirname, '../../../src/storage/migrations')
    expect((await readdir(folder)).toSorted()).toEqual([...migrationFiles])
    expect(readMigrations().map(({ number }) => number)).toEqual(migrationFiles.map((_, index) => index + 1))
  })

  it('can be read again by a reader only when they are all applied', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    const tracking = openTracking({ file })
    tracking.runs.create(newRun('a'))
    tracking.close()
    const number = migrationFiles.length + 1
    const later = { number, name: `000${number}-later.sql`, sql: 'create table later (x) ' }
    const migrations = [...readMigrations(), later]
    expect(() => openTracking({ file, readonly: true, migrations })).toThrow(
      expect.objectContaining({ code: 'storage.older-readonly' }),
    )
    const upgraded = openTracking({ file, migrations })
    expect(upgraded.runs.get('a')?.id).toBe('a')
    upgraded.close()
    expect(() => openTracking({ file })).toThrow(expect.objectContaining({ code: 'storage.newer' }))
  })

  it('keep alerts and what was told of them where a reason to end came to be', () => {
    const database = open(join(temporaryFolder(), 'tracking.db'))
    migrate(database, readMigrations().slice(0, 5))
    database.exec(`insert into alerts values
        (7, 'churn', 'drift', 'k', 'Drift', 'info', 'resolved', 1, 2, 3, 4, 'recovered', 'It drifts.', '[]', '[]');
      insert into alert_deliveries values (1, 7, 'team', 'firing', '{}', 'delivered', 1, null, 3, 3);`)
    const read = () =>
      ['alerts', 'alert_deliveries'].map((table) => database.prepare(`select * from ${table}`).all())
    const before = read()
    migrate(database, readMigrations())
    expect(read()).toEqual(before)
    database.exec(`update alerts set resolved_because = 'version-replaced'; delete from alerts`)
    expect(read()).toEqual([[], []])
    database.close()
  })

  it('say so when the file is no database', () => {
    const file = join(import.meta.dirname, 'migrate.test.ts')
    expect(() => openTracking({ file, readonly: true })).toThrow(
      expect.objectContaining({ code: 'storage.not-a-database' }),
    )
  })
})
