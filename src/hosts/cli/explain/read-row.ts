import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { rawValueSchema, type RawValue } from '../../../contract/model-details.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import { usageError } from '../errors.ts'

const rowSchema = z.record(z.string(), rawValueSchema)

/** A row as it was given: a JSON object, or the name of a file that holds one. */
export async function readRow(given: string, cwd: string): Promise<Record<string, RawValue>> {
  const isJson = given.trimStart().startsWith('{')
  const text = isJson ? given : await readText(given, cwd)
  const where = isJson ? 'the row' : given
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw usageError('bad-row', { where, problem: (cause as Error).message }, { cause })
  }
  const row = rowSchema.safeParse(value)
  if (!row.success)
    throw usageError('bad-row', { where, problem: 'it is no object of texts, numbers, true, false and null' })
  return row.data
}

async function readText(name: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, name), 'utf8')
  } catch (cause) {
    throw usageError('row-unreadable', { path: name, problem: reasonOfFailure(cause) }, { cause })
  }
}
