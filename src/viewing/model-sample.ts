import { writeFile } from 'node:fs/promises'
import {
  mostSampledRows,
  mostSampledTexts,
  type ModelSample,
  type SampledColumn,
  type SampledModel,
  type SampledValues,
} from '../contract/model-sample.ts'
import { clusterOutput } from '../core/answer-names.ts'
import type { Artifact, StartColumn, TableData } from '../core/artifacts.ts'
import { PipewrightError } from '../core/errors.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { classLabel } from '../learn/targets.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { readColumns } from '../recipe/read-columns.ts'
import { scoreModel } from '../recipe/score-model.ts'
import { readSplit, readStartChunks } from '../tables/start-rows.ts'
import { gatherValues, type GatheredValues } from './gather-values.ts'

type Part = ModelSample['heldOut']['part']

/** Writes a sample of the rows that a model learned from, and of those it had not seen, into a file. */
export async function writeModelSample(
  context: RunContext,
  { artifact, file }: { artifact: string; file: string },
): Promise<SampledModel> {
  const model = await context.artifacts.read('model', artifact)
  const { signature, target, trainedOn } = model.data
  const answering = { classes: target.classes ?? null, positive: target.positive ?? null }
  const none = (reason: (SampledModel & { outcome: 'none' })['reason']): SampledModel => ({
    outcome: 'none',
    reason,
    target: answering,
  })
  const table = await trainingTable(context, trainedOn)
  if (!table) return none('no-table')
  const { startColumns } = table.data
  if (signature.inputs.some(({ name }) => !startColumns.some((column) => column.name === name)))
    return none('other-columns')
  const { data } = table
  const trained = await trainedColumns(context, data, signature.inputs)
  if (trained.rows === 0) return none('no-rows')
  const part = heldOutPart(data)
  const isChosen = await evenly(context, data, part)
  const heldOut = await startColumnsOf(context, { table: data, inputs: signature.inputs, rows: isChosen })
  const answered = await answersOf(context, { model, table: data, rows: isChosen })
  const sample: ModelSample = {
    format: 1,
    target: answering,
    table: table.hash,
    rows: trained.rows,
    columns: trained.columns.map((column, at) =>
      Object.assign(column, { heldOut: column.trained && heldOut[at]!.encoded() }),
    ),
    heldOut: { part, ...answered, truth: await truthOf(context, { model, table: data, rows: isChosen }) },
  }
  await writeAtomically(file, (path) => writeFile(path, JSON.stringify(sample)))
  return { outcome: 'sampled' }
}

async function trainingTable(context: RunContext, hash: string): Promise<Artifact<'table'> | null> {
  try {
    return await context.artifacts.read('table', hash)
  } catch (error) {
    if (error instanceof PipewrightError && error.code.startsWith('artifact.')) return null
    throw error
  }
}

function heldOutPart({ split }: TableData): Part {
  if (split && split.counts.test > 0) return 'test'
  return split && split.counts.validation > 0 ? 'validation' : 'all'
}

const codes = { train: 0, validation: 1, test: 2 } as const

/** Rows of a part by their index, at most `mostSampledRows` of them, in equal steps. */
async function evenly(
  context: RunContext,
  table: TableData,
  part: Part | 'train',
): Promise<(index: number) => boolean> {
  const parts = part === 'all' ? null : await readSplit(context, table)
  const code = part === 'all' ? null : codes[part]
  const all = Array.from({ length: table.rows.count }, (_, index) => index).filter(
    (index) => !parts || parts[index] === code,
  )
  if (all.length <= mostSampledRows) {
    const chosen = new Set(all)
    return (index) => chosen.has(index)
  }
  const step = all.length / mostSampledRows
  const chosen = new Set(Array.from({ length: mostSampledRows }, (_, at) => all[Math.floor(at * step)]!))
  return (index) => chosen.has(index)
}

async function trainedColumns(
  context: RunContext,
  table: TableData,
  inputs: readonly StartColumn[],
): Promise<{ rows: number; columns: Omit<SampledColumn, 'heldOut'>[] }> {
  const part = table.split ? 'train' : 'all'
  const isChosen = await evenly(context, table, part)
  const gathered = inputs.map(() => gatherValues())
  const tallies = inputs.map(() => new Map<string, number>())
  const missing = inputs.map(() => 0)
  let rows = 0
  const names = inputs.map(({ name }) => name)
  const parts = part === 'train' ? await readSplit(context, table) : null
  for await (const chunk of readStartChunks(context, table, { columns: names, rows: 'all' }))
    for (let row = 0; row < chunk.rows; row++) {
      const index = chunk.firstRow + row
      if (parts && parts[index] !== 0) continue
      rows += 1
      const isSampled = isChosen(index)
      for (const [at, name] of names.entries()) {
        const value = chunk.columns[name]![row]!
        if (isSampled) gathered[at]!.add(value)
        if (value === '' || Number.isNaN(value)) missing[at] = missing[at]! + 1
        else if (typeof value === 'string') tally(tallies[at]!, value)
      }
    }
  return {
    rows,
    columns: inputs.map(({ name, type }, at) => {
      const counts = tallies[at]!
      const isTooVaried = counts.size > mostSampledTexts
      const present = rows - missing[at]!
      const singles = [...counts.values()].filter((count) => count === 1).length
      return {
        name,
        type,
        missing: rows === 0 ? 0 : missing[at]! / rows,
        singles: isTooVaried || present === 0 ? 0 : singles / present,
        known: type === 'text' && !isTooVaried ? [...counts.keys()] : null,
        trained: isTooVaried ? null : gathered[at]!.encoded(),
      }
    }),
  }
}

function tally(counts: Map<string, number>, value: string): void {
  const count = counts.get(value)
  if (count !== undefined) counts.set(value, count + 1)
  else if (counts.size <= mostSampledTexts) counts.set(value, 1)
}

interface ChosenRows {
  table: TableData
  rows: (index: number) => boolean
}

async function startColumnsOf(
  context: RunContext,
  { table, inputs, rows }: ChosenRows & { inputs: readonly StartColumn[] },
): Promise<GatheredValues[]> {
  const gathered = inputs.map(() => gatherValues())
  const columns = inputs.map(({ name }) => name)
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all' }))
    for (let row = 0; row < chunk.rows; row++)
      if (rows(chunk.firstRow + row))
        for (const [at, name] of columns.entries()) gathered[at]!.add(chunk.columns[name]![row]!)
  return gathered
}

async function answersOf(
  context: RunContext,
  { model, table, rows: isChosen }: ChosenRows & { model: Artifact<'model'> },
): Promise<Pick<ModelSample['heldOut'], 'rows' | 'answers' | 'probabilities'>> {
  const width = model.data.target.classes?.length ?? 0
  const answers = gatherValues()
  const probabilities = gatherValues()
  let count = 0
  for await (const { rows, outputs } of scoreModel(context, model, table, { rows: isChosen })) {
    const column = outputs['label'] ?? outputs['value'] ?? outputs[clusterOutput]
    const given = outputs['probabilities']
    count += rows
    for (let row = 0; row < rows; row++) {
      if (column) answers.add(column[row]!)
      if (given) for (let at = 0; at < width; at++) probabilities.add(Number(given[row * width + at]))
    }
  }
  const encoded = probabilities.encoded()
  return {
    rows: count,
    answers: answers.rows === 0 ? null : answers.encoded(),
    probabilities: encoded && 'numbers' in encoded && probabilities.rows > 0 ? encoded.numbers : null,
  }
}

async function truthOf(
  context: RunContext,
  { model, table, rows }: ChosenRows & { model: Artifact<'model'> },
): Promise<SampledValues | null> {
  const { name, classes } = model.data.target
  const column = table.columns.find((each) => each.name === name)
  if (!column || column.type === 'vector') return null
  const truth = gatherValues()
  for await (const chunk of readColumns(context, table, { columns: [name], rows }))
    for (const value of chunk.columns[name]!)
      truth.add(classes && value !== '' && !Number.isNaN(value) ? classLabel(value, column.type) : value)
  return truth.encoded()
}
