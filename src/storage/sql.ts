// oxlint-disable typescript/no-unnecessary-type-parameters -- the one place where the type of a row is believed
import Database from 'better-sqlite3'
import { storageError } from './errors.ts'

type Value = string | number | null
type Values = Readonly<Record<string, Value>>

/** Statements on one database; each is prepared when it is first used. Failures of disk and file are `storage` errors. */
export interface Sql {
  get<Row>(sql: string, values?: Values): Row | undefined
  all<Row>(sql: string, values?: Values): Row[]
  /** The number of changed rows. */
  run(sql: string, values?: Values): number
  /** All of it or nothing; inside another transaction, part of that one. */
  transaction<Result>(work: () => Result): Result
  /** As a transaction, but the disk is not waited for: a loss of power takes it back unless a transaction followed. */
  quickTransaction<Result>(work: () => Result): Result
}

export function createSql(database: Database.Database): Sql {
  const prepared = new Map<string, Database.Statement<[Values]>>()
  const statement = (sql: string): Database.Statement<[Values]> => {
    const known = prepared.get(sql)
    if (known) return known
    const made = database.prepare<[Values]>(sql)
    prepared.set(sql, made)
    return made
  }
  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (error) {
      throw asStorageError(error, database.name)
    }
  }
  const transaction = <Result>(work: () => Result): Result =>
    database.inTransaction ? work() : guarded(() => database.transaction(work).immediate())
  return {
    get: <Row>(sql: string, values: Values = {}) =>
      guarded(() => statement(sql).get(values) as Row | undefined),
    all: <Row>(sql: string, values: Values = {}) => guarded(() => statement(sql).all(values) as Row[]),
    run: (sql, values = {}) => guarded(() => statement(sql).run(values).changes),
    transaction,
    quickTransaction(work) {
      if (database.inTransaction) return work()
      database.pragma('synchronous = normal')
      try {
        return transaction(work)
      } finally {
        database.pragma('synchronous = full')
      }
    },
  }
}

/** What SQLite says about the disk or the file, in plain words; anything else is our mistake and stays as it is. */
export function asStorageError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code, message } = error
  const cause = { cause: error }
  if (code === 'SQLITE_FULL') return storageError('full', { file }, cause)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return storageError('not-a-database', { file }, cause)
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return storageError('unwritable', { file, problem: message }, cause)
  if (code.startsWith('SQLITE_IOERR')) return storageError('io', { file, problem: message }, cause)
  if (code.startsWith('SQLITE_BUSY')) return storageError('busy', { file }, cause)
  return error
}
