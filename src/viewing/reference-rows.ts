import type { RawValue } from '../contract/model-details.ts'
import type { ReferenceAnswer, ReferenceRows } from '../contract/reference-rows.ts'
import type { Artifact, TableData } from '../core/artifacts.ts'
import { clusterOutput } from '../core/answer-names.ts'
import { PipewrightError } from '../core/errors.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { readStartChunks } from '../tables/start-rows.ts'
import { scoreModel, type ScoredRows } from '../recipe/score-model.ts'
import { asRequestRows } from './request-values.ts'

/** The first held-out rows of the table that a model learned from, at most `limit`. */
export async function referenceRows(
  context: RunContext,
  { artifact, limit }: { artifact: string; limit: number },
): Promise<ReferenceRows> {
  const model = await context.artifacts.read('model', artifact)
  const { inputs } = model.data.signature
  const found = await trainingTable(context, model.data.trainedOn)
  if (!found) return { outcome: 'none', reason: 'no-table' }
  const { data: table, hash } = found
  if (inputs.some(({ name }) => !table.startColumns.some((column) => column.name === name)))
    return { outcome: 'none', reason: 'other-columns' }
  const part = heldOutPart(table)
  const answers: ReferenceAnswer[] = []
  for await (const scored of scoreModel(context, model, table, { rows: part })) {
    answers.push(...answersIn(scored, model.data.target.classes?.length ?? 0))
    if (answers.length >= limit) break
  }
  const said = await requestRows(context, { table, part, inputs, limit })
  const kept = said.flatMap((row, index) => (row ? [{ row, answer: answers[index]! }] : []))
  if (kept.length === 0) return { outcome: 'none', reason: 'no-rows' }
  return {
    outcome: 'rows',
    table: hash,
    part,
    rows: kept.map(({ row }) => row),
    answers: kept.map(({ answer }) => answer),
    classes: [...(model.data.target.classes ?? [])],
    unsayable: said.length - kept.length,
  }
}

async function trainingTable(context: RunContext, hash: string): Promise<Artifact<'table'> | null> {
  try {
    return await context.artifacts.read('table', hash)
  } catch (error) {
    if (error instanceof PipewrightError && error.code.startsWith('artifact.')) return null
    throw error
  }
}

function heldOutPart({ split }: TableData): 'test' | 'validation' | 'all' {
  if (split && split.counts.test > 0) return 'test'
  return split && split.counts.validation > 0 ? 'validation' : 'all'
}

async function requestRows(
  context: RunContext,
  options: {
    table: TableData
    part: 'test' | 'validation' | 'all'
    inputs: Parameters<typeof asRequestRows>[0]
    limit: number
  },
): Promise<(Record<string, RawValue> | null)[]> {
  const { table, part, inputs, limit } = options
  const rows: (Record<string, RawValue> | null)[] = []
  const columns = inputs.map(({ name }) => name)
  for await (const chunk of readStartChunks(context, table, { columns, rows: part })) {
    rows.push(...asRequestRows(inputs, firstOf(chunk, limit - rows.length)))
    if (rows.length >= limit) break
  }
  return rows
}

const firstOf = (chunk: ColumnChunk, most: number): ColumnChunk => ({
  ...chunk,
  rows: Math.min(chunk.rows, most),
})

function answersIn({ rows, outputs }: ScoredRows, classes: number): ReferenceAnswer[] {
  const column = outputs['label'] ?? outputs['value'] ?? outputs[clusterOutput]
  const probabilities = classes > 0 ? (outputs['probabilities'] as Float32Array | undefined) : undefined
  return Array.from({ length: rows }, (_, row) => {
    const answer = column?.[row] ?? null
    return {
      answer: typeof answer === 'number' ? finite(answer) : answer,
      probabilities: probabilities
        ? Array.from(probabilities.subarray(row * classes, (row + 1) * classes), finite)
        : null,
    }
  })
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
