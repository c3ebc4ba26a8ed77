import type { ModelData, StartColumn } from '../../core/artifacts.ts'
import { valueParser } from '../../tables/parse-value.ts'
import { defaultNullValues } from '../../tables/reader-grammar.ts'
import type { DatabaseContext } from '../../tables/open-duckdb.ts'
import type { PredictionRecord } from '../../serving/log/prediction-record.ts'
import { readPredictions } from '../../serving/log/read-predictions.ts'
import { labellingError } from './errors.ts'
import type { LabellingCalls, LabelOfRow, LeftRow } from './labelling-messages.ts'
import { readLabelFile, type LabelFile } from './read-label-file.ts'

/** What a file says about which answers; what matches none is left, with the reason. */
export async function matchLabels(
  context: DatabaseContext,
  { log, path, match, label }: Parameters<LabellingCalls['match']>[0],
  { signature, target }: ModelData,
): Promise<{ rows: number; labels: LabelOfRow[]; left: LeftRow[] }> {
  const file = await readLabelFile(context, path)
  const placeOf = (column: string): number => {
    const place = file.columns.indexOf(column)
    if (place < 0) throw labellingError('unknown-column', { path, column, columns: file.columns })
    return place
  }
  const left: LeftRow[] = []
  const leave = (row: number, reason: string): void => {
    const values = file.columns.map((name, place) => [name, file.rows[row]![place]!] as const)
    left.push({ row: row + 1, reason, values: Object.fromEntries(values) })
  }
  const meant =
    match.kind === 'keys'
      ? keysOf(match.columns, { signature, placeOf })
      : {
          columns: [placeOf(match.column)],
          keyOf: ([value]: readonly string[]) => keyOfId(value!.trim()),
        }
  const told = tellRows(file, { ...meant, label: placeOf(label), classes: target.classes ?? null, leave })
  if (match.kind === 'id') {
    const labels = [...told].map(([predictionId, { rows, label: said }]) => ({
      rows: rows.map((row) => row + 1),
      entry: { predictionId, label: said },
    }))
    return { rows: file.rows.length, labels, left }
  }
  const keysOfAnswers =
    match.kind === 'request'
      ? ({ requestId }: PredictionRecord) =>
          () =>
            requestId
      : (record: PredictionRecord) => answerKeys(record, match.columns)
  const found = await findAnswers(log.folder, { keysOfAnswers, told, meant: match.meant })
  const labels: LabelOfRow[] = []
  for (const [key, { rows, label: said }] of told) {
    const ids = found.get(key)
    if (!ids) for (const row of rows) leave(row, noAnswer[match.kind])
    for (const predictionId of ids ?? [])
      labels.push({ rows: rows.map((row) => row + 1), entry: { predictionId, label: said } })
  }
  return { rows: file.rows.length, labels, left }
}

const noAnswer = {
  request: 'No answer in the log is to this request.',
  keys: 'No answer in the log was asked for with these values.',
} as const

/** What feedback takes. */
const longestId = 200
const longestLabel = 10_000

function keyOfId(key: string): { key: string } | { problem: string } {
  if (key === '') return { problem: 'It has no id.' }
  return key.length > longestId ? { problem: `Its id has more than ${longestId} characters.` } : { key }
}

type Told = Map<string, { rows: number[]; label: string | number }>

/** What each key is told to be: the first row that speaks of it counts, and those that say the same. */
function tellRows(
  file: LabelFile,
  options: {
    columns: readonly number[]
    keyOf: (values: readonly string[]) => { key: string } | { problem: string }
    label: number
    classes: readonly string[] | null
    leave: (row: number, reason: string) => void
  },
): Told {
  const { columns, keyOf, label: labelPlace, classes, leave } = options
  const parse = valueParser({
    type: classes ? 'text' : 'number',
    rule: { trim: true, nullValues: classes ? [''] : [...defaultNullValues] },
  })
  const told: Told = new Map()
  for (const [row, values] of file.rows.entries()) {
    const text = values[labelPlace]!
    const parsed = parse(text)
    const keyed = keyOf(columns.map((place) => values[place]!))
    const isNoNumber = !('problem' in parsed) && (parsed.value === Infinity || parsed.value === -Infinity)
    if ('problem' in parsed || isNoNumber) leave(row, `“${text}” is no number.`)
    else if (parsed.value === null) leave(row, 'It has no label.')
    else if (text.length > longestLabel) leave(row, `Its label has more than ${longestLabel} characters.`)
    else if ('problem' in keyed) leave(row, keyed.problem)
    else {
      const before = told.get(keyed.key)
      const label = parsed.value as string | number
      if (before && before.label !== label)
        leave(row, `Row ${before.rows[0]! + 1} says otherwise about the same.`)
      else if (before) before.rows.push(row)
      else told.set(keyed.key, { rows: [row], label })
    }
  }
  return told
}

/** Keys of the texts of a file, as `keyOfAnswer` has them: by the reader of the model. */
function keysOf(
  names: readonly string[],
  { signature, placeOf }: { signature: ModelData['signature']; placeOf: (column: string) => number },
) {
  const parsers = names.map((column) => {
    const input = signature.inputs.find(({ name }) => name === column)
    if (!input)
      throw labellingError('unknown-key', { column, columns: signature.inputs.map(({ name }) => name) })
    return { column, parse: valueParser({ type: input.type, rule: input.rule ?? plainRule(input) }) }
  })
  return {
    columns: names.map(placeOf),
    keyOf(texts: readonly string[]): { key: string } | { problem: string } {
      const values: (string | number | null)[] = []
      for (const [place, { column, parse }] of parsers.entries()) {
        const parsed = parse(texts[place]!)
        if ('problem' in parsed) return { problem: `“${texts[place]!}” is no value of “${column}”.` }
        values.push(typeof parsed.value === 'boolean' ? Number(parsed.value) : parsed.value)
      }
      return { key: JSON.stringify(values) }
    },
  }
}

const plainRule = ({ type }: StartColumn) => ({
  trim: true,
  nullValues: type === 'text' ? [''] : [...defaultNullValues],
})

/** The ids of the answers that each key is about. */
async function findAnswers(
  folder: string,
  {
    keysOfAnswers,
    told,
    meant,
  }: {
    keysOfAnswers: (record: PredictionRecord) => (row: number) => string
    told: Told
    meant: 'all' | 'newest'
  },
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const newest = new Map<string, number>()
  for await (const { records } of readPredictions(folder))
    for (const record of records) {
      const { model, time, predictionIds } = record
      if (model.role !== 'live' && model.role !== 'canary') continue
      const keyOfAnswer = keysOfAnswers(record)
      for (const [row, id] of predictionIds.entries()) {
        const key = keyOfAnswer(row)
        if (!told.has(key)) continue
        const before = found.get(key)
        if (meant === 'all' && before) before.push(id)
        else if (meant === 'all') found.set(key, [id])
        else if (time >= (newest.get(key) ?? 0)) {
          newest.set(key, time)
          found.set(key, [id])
        }
      }
    }
  return found
}

function answerKeys(
  { model, inputs }: PredictionRecord,
  columns: readonly string[],
): (row: number) => string {
  const values = columns.map((name) =>
    model.inputs.some((input) => input.name === name) ? inputs.columns[name]! : null,
  )
  return (row) =>
    JSON.stringify(
      values.map((column) => {
        const value = column?.[row] ?? null
        return value === '' || (typeof value === 'number' && Number.isNaN(value)) ? null : value
      }),
    )
}
