import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelData, TableData } from '../../src/core/artifacts.ts'
import { openSession, sessionOptions } from '../../src/onnx/session.ts'
import { openArtifactFolders } from '../../src/storage/artifact-folders.ts'
import type { ColumnChunk } from '../../src/tables/column-chunk.ts'
import { valueParser } from '../../src/tables/parse-value.ts'
import { readSplit, readStartChunks } from '../../src/tables/start-rows.ts'
import { createTestContext, type TestContext } from '../fixtures/test-context.ts'
import { ExampleWorkspace, type ExampleName, type ShownStep } from './example-workspace.ts'

const examples: { name: ExampleName; files: string[] }[] = [
  { name: 'telco-churn', files: ['telco-churn.csv'] },
  { name: 'adult-income', files: ['adult-train.csv', 'adult-test.csv'] },
]

interface Answers {
  labels: string[]
  probabilities: Float32Array
}

describe.each(examples)('the model of examples/$name', ({ name, files }) => {
  let workspace: ExampleWorkspace
  let context: TestContext
  let table: TableData
  let model: ModelData
  let bytes: Uint8Array
  /** All rows, as stored. */
  let start: ColumnChunk
  /** All rows in one call of the runtime. */
  let whole: Answers
  let rocAuc: number
  let session: InferenceSession

  beforeAll(async () => {
    workspace = new ExampleWorkspace(name)
    rocAuc = (await workspace.run()).metrics['evaluate.roc_auc']!
    const { steps } = await workspace.ask<{ steps: ShownStep[] }>('runs', 'show')
    const made = await createTestContext()
    const root = workspace.path('.pipewright/artifacts')
    context = { ...made, artifacts: openArtifactFolders({ root, staging: join(made.folder, 'staging') }) }
    const split = steps.find(({ node }) => node === 'split')!.outputs['table']!
    table = (await context.artifacts.read('table', split.hash)).data
    const { version } = await workspace.ask<{ version: { artifact: string } }>('models', 'show', name)
    model = (await context.artifacts.read('model', version.artifact)).data
    bytes = readFileSync(join(context.artifacts.folder(version.artifact), 'model.onnx'))
    session = await InferenceSession.create(bytes, sessionOptions)
    start = await startColumnsOf(context, { table, model })
    whole = await answersOf(start)
  })
  afterAll(async () => {
    await session.release()
    await context.dispose()
    workspace[Symbol.dispose]()
  })

  /** What the runtime itself says, `rows` rows at a time. */
  async function answersOf(chunk: ColumnChunk, rows = chunk.rows): Promise<Answers> {
    const labels: string[] = []
    const probabilities = new Float32Array(chunk.rows * model.target.classes!.length)
    let filled = 0
    for (let from = 0; from < chunk.rows; from += rows) {
      const answer = await session.run(feedsOf(session, { chunk, from, rows }))
      labels.push(...(answer['label']!.data as string[]))
      probabilities.set(answer['probabilities']!.data as Float32Array, filled)
      filled += answer['probabilities']!.data.length
    }
    return { labels, probabilities }
  }

  it.each([1, 7, 4096])('answers bit for bit the same in chunks of %i as in one batch', async (rows) => {
    expect(whole.labels).toHaveLength(table.rows.count)
    expect(differentAnswers(await answersOf(start, rows), whole)).toEqual([])
  })

  it('answers the same through the session that everything uses', async () => {
    const product = await openSession(bytes)
    const { label, probabilities } = await product.run(start)
    await product.close()
    expect(
      differentAnswers({ labels: label as string[], probabilities: probabilities as Float32Array }, whole),
    ).toEqual([])
  })

  it('gets the same columns and answers from raw texts that are parsed one by one', async () => {
    const parsed = parsedColumns(
      model,
      files.flatMap((file) => readRecords(workspace.read(file))),
    )
    expect(parsed.rows).toBe(start.rows)
    const different = model.signature.inputs.flatMap(({ name: column }) =>
      differentValues(parsed.columns[column]!, start.columns[column]!).map((row) => `${column}, row ${row}`),
    )
    expect(different).toEqual([])
    const few = rowsOf(parsed, (row) => row % 23 === 0)
    const expected = answersAt(whole, (row) => row % 23 === 0)
    expect(differentAnswers(await answersOf(few, 1), expected)).toEqual([])
  })

  it('answers the same through `pipewright predict` on the raw file', async () => {
    const file = files.at(-1)!
    const outcome = await workspace.pipewright('predict', `${name}@champion`, file, '-o', 'answers.csv')
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    const records = readRecords(workspace.read('answers.csv'))
    // The last file's rows are the last of the table.
    const first = table.rows.count - records.length
    const expected = answersAt(whole, (row) => row >= first)
    expect(records.map((record) => record['prediction'])).toEqual(expected.labels)
    const positive = model.target.classes!.indexOf(model.target.positive!)
    expect(
      differentValues(
        Float64Array.from(records, (record) => Number(record['probability'])),
        Float64Array.from(records, (_, row) => expected.probabilities[row * 2 + positive]!),
      ),
    ).toEqual([])
  })

  it('has the ROC AUC that the rank sums of its answers for the test rows give', async () => {
    const parts = (await readSplit(context, table))!
    const truth = await columnOf(context, { table, column: model.target.name })
    const positive = model.target.classes!.indexOf(model.target.positive!)
    const rows = [...parts.keys()].filter((row) => parts[row] === 2)
    const scored = rows.map((row) => ({
      score: whole.probabilities[row * 2 + positive]!,
      isPositive: truth[row] === model.target.positive,
    }))
    expect(rocAuc).toBeCloseTo(areaByRankSums(scored), 12)
  })
})

function feedsOf(
  session: InferenceSession,
  { chunk, from, rows }: { chunk: ColumnChunk; from: number; rows: number },
): InferenceSession.OnnxValueMapType {
  const feeds: Record<string, Tensor> = {}
  for (const name of session.inputNames) {
    const values = chunk.columns[name]!.slice(from, from + rows)
    feeds[name] =
      values instanceof Float64Array
        ? new Tensor('float64', values, [values.length, 1])
        : new Tensor('string', values, [values.length, 1])
  }
  return feeds
}

async function startColumnsOf(
  context: TestContext,
  { table, model }: { table: TableData; model: ModelData },
): Promise<ColumnChunk> {
  const columns = model.signature.inputs.map(({ name }) => name)
  const rows = table.rows.count
  const chunks = readStartChunks(context, table, { columns, rows: 'all', chunkRows: rows })
  for await (const chunk of chunks) {
    expect(chunk.rows).toBe(rows)
    return chunk
  }
  throw new Error('no rows')
}

async function columnOf(
  context: TestContext,
  { table, column }: { table: TableData; column: string },
): Promise<string[]> {
  const values: string[] = []
  for await (const chunk of readStartChunks(context, table, { columns: [column], rows: 'all' }))
    values.push(...(chunk.columns[column] as string[]))
  return values
}

/** The records of a CSV file that has no quotes, their texts as they stand there. */
function readRecords(text: string): Record<string, string>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '')
  const names = header!.split(',')
  return lines.map((line) => {
    const values = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, values[index]!]))
  })
}

/** What serving makes of a request: each text by the rule in the model's signature. */
function parsedColumns({ signature }: ModelData, records: readonly Record<string, string>[]): ColumnChunk {
  const columns = signature.inputs.map(({ name, type, rule }) => {
    const parse = valueParser({ type, rule: rule! })
    const values = records.map((record) => {
      const parsed = parse(record[name]!)
      if ('problem' in parsed) throw new Error(`${name}: “${record[name]}” is ${parsed.problem}`)
      return parsed.value
    })
    return [
      name,
      type === 'text'
        ? values.map((value) => String(value ?? ''))
        : Float64Array.from(values, (value) => (value === null ? NaN : Number(value))),
    ] as const
  })
  return { rows: records.length, columns: Object.fromEntries(columns) }
}

function rowsOf({ rows, columns }: ColumnChunk, keep: (row: number) => boolean): ColumnChunk {
  const kept = Object.entries(columns).map(
    ([name, values]) => [name, (values as string[]).filter((_, row) => keep(row))] as const,
  )
  return {
    rows: Array.from({ length: rows }, (_, row) => row).filter(keep).length,
    columns: Object.fromEntries(kept),
  }
}

function answersAt({ labels, probabilities }: Answers, keep: (row: number) => boolean): Answers {
  const width = probabilities.length / labels.length
  return {
    labels: labels.filter((_, row) => keep(row)),
    probabilities: probabilities.filter((_, index) => keep(Math.floor(index / width))),
  }
}

/** The first rows that differ in a bit. */
function differentAnswers(some: Answers, others: Answers): number[] {
  const rows = Math.max(some.labels.length, others.labels.length)
  const width = others.probabilities.length / others.labels.length
  const isEqual = (row: number): boolean => {
    if (some.labels[row] !== others.labels[row]) return false
    for (let at = row * width; at < (row + 1) * width; at++)
      if (!Object.is(some.probabilities[at], others.probabilities[at])) return false
    return true
  }
  return Array.from({ length: rows }, (_, row) => row)
    .filter((row) => !isEqual(row))
    .slice(0, 5)
}

function differentValues(some: ColumnChunk['columns'][string], others: typeof some): number[] {
  return Array.from({ length: Math.max(some.length, others.length) }, (_, row) => row)
    .filter((row) => !Object.is(some[row], others[row]))
    .slice(0, 5)
}

/** Mann and Whitney's U over the number of pairs; ties count half. */
function areaByRankSums(scored: readonly { score: number; isPositive: boolean }[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score)
  let sumOfRanks = 0
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++
    const rank = (from + to + 1) / 2
    sumOfRanks += rank * sorted.slice(from, to).filter(({ isPositive }) => isPositive).length
  }
  const positives = sorted.filter(({ isPositive }) => isPositive).length
  const negatives = sorted.length - positives
  return (sumOfRanks - (positives * (positives + 1)) / 2) / (positives * negatives)
}
