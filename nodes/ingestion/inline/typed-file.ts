import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PipewrightError } from '../../../src/core/errors.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { readOptionsOf } from '../read-options-of.ts'
import type { InlineParams } from './definition.ts'

/** Does something with the table as a file, which is all that readers know; its path is in no error. */
export async function withTypedFile<Result>(
  context: Pick<RunContext, 'workFolder'>,
  params: InlineParams,
  work: (options: ReadOptions) => Promise<Result>,
): Promise<Result> {
  const { text, rows, ...reading } = params
  const isText = rows.length === 0
  const path = join(context.workFolder, `${randomUUID()}.${isText ? 'csv' : 'jsonl'}`)
  // A line for each row, so that the line of a rejected row is its number.
  await writeFile(path, isText ? text : rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  try {
    return await work(
      readOptionsOf(path, { ...reading, format: isText ? 'csv' : 'json-lines', encoding: 'utf-8' }),
    )
  } catch (error) {
    throw error instanceof PipewrightError ? withoutPath(error, path) : error
  } finally {
    await rm(path, { force: true })
  }
}

function withoutPath(error: PipewrightError, path: string): PipewrightError {
  const report = error.toReport()
  const named = (text: string): string => text.replaceAll(path, 'the typed table')
  const values = Object.entries(report.values).map(([name, value]) => [
    name,
    typeof value === 'string' ? named(value) : value,
  ])
  return new PipewrightError(
    { ...report, message: named(report.message), values: Object.fromEntries(values) },
    { cause: error, retryable: error.retryable },
  )
}
