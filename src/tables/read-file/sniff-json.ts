import type { RunContext } from '../../node-kit/run-context.ts'
import { ColumnSampler } from './column-sampler.ts'
import { columnNames } from './column-names.ts'
import { JsonRows, textOfJson } from './json-rows.ts'
import { readError } from './read-errors.ts'
import type { FileSniff, ReadOptions, TextEncoding } from './read-options.ts'
import { SAMPLE_ROWS } from './sniff-csv.ts'
import { openTextSource } from './text-source.ts'

export interface JsonSniff extends FileSniff {
  format: 'json' | 'json-lines'
  encoding: TextEncoding
  dialect: null
  /** The field that each column is read from. */
  keys: string[]
}

/** Finds out the fields and types of JSON objects from the first of them, in the order in which they appear. */
export async function sniffJson(
  context: RunContext,
  options: ReadOptions,
  found: { format: 'json' | 'json-lines'; encoding: TextEncoding },
): Promise<JsonSniff> {
  const source = await openTextSource(options.path, found.encoding)
  try {
    const rows = new JsonRows(source, { ...found, file: options.path, fields: null, context })
    const sample = new Map<string, FoundValue[]>()
    const limit = options.sampleRows ?? SAMPLE_ROWS
    let sampledRows = 0
    await rows.forEach(() => {
      sampledRows++
      if (rows.problem === null) collect(sample, rows)
      return sampledRows >= limit ? 'stop' : undefined
    })
    const keys = [...sample.keys(), ...laterFields(sample, options)]
    if (keys.length === 0) throw readError('no-columns', { file: options.path })
    const names = columnNames(keys)
    const samplers = keys.map((key, index) => {
      const sampler = new ColumnSampler(names[index]!, options)
      for (const value of sample.get(key) ?? []) addValue(sampler, value)
      return sampler
    })
    const startColumns = samplers.map((sampler) => sampler.startColumn(context.node))
    const doubts = samplers.flatMap((sampler) => sampler.doubts)
    return { ...found, dialect: null, startColumns, sampledRows, doubts, keys }
  } finally {
    await source.close()
  }
}

/** Fields that the sample does not have, but whose type is given. */
function laterFields(sample: ReadonlyMap<string, unknown>, { columns = {} }: ReadOptions): string[] {
  const seen = new Set(columnNames([...sample.keys()]))
  return Object.keys(columns).filter((name) => columns[name]!.type !== undefined && !seen.has(name))
}

interface FoundValue {
  value: unknown
  line: number
}

function collect(sample: Map<string, FoundValue[]>, { object, line }: JsonRows): void {
  for (const [key, value] of Object.entries(object)) {
    const values = sample.get(key)
    if (values) values.push({ value, line })
    else sample.set(key, [{ value, line }])
  }
}

function addValue(sampler: ColumnSampler, { value, line }: FoundValue): void {
  const text = textOfJson(value)
  if (text === null) return
  if (typeof value === 'number' || typeof value === 'boolean') sampler.add(text, line)
  else sampler.addString(text, line)
}
