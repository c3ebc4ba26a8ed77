import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Latency } from '../contract/challenge.ts'
import type { Artifact, TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { openSession } from '../onnx/session.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { readStartChunks } from '../tables/start-rows.ts'

const timedRows = 200
const rounds = 5

/**
 * How long two models take for single rows, asked in turns; of each row the shortest of several answers, as what else the
 * machine does only ever makes them longer.
 */
export async function answerTimes(
  context: RunContext,
  table: TableData,
  models: readonly [Artifact<'model'>, Artifact<'model'>],
): Promise<[Latency, Latency]> {
  const opened = await Promise.all(models.map((model) => openTimed(context, table, model)))
  try {
    for (let round = 0; round < rounds; round++)
      for (let row = 0; row < opened[0]!.singles.length; row++) {
        context.signal.throwIfAborted()
        for (const { session, singles, shortest } of opened) {
          const started = performance.now()
          await session.run(singles[row]!)
          shortest[row] = Math.min(shortest[row]!, performance.now() - started)
        }
      }
    return opened.map(({ shortest }) => latencyOf(shortest)) as [Latency, Latency]
  } finally {
    await Promise.all(opened.map(({ session }) => session.close()))
  }
}

async function openTimed(context: RunContext, table: TableData, model: Artifact<'model'>) {
  const columns = model.data.signature.inputs.map(({ name }) => name)
  const singles: ColumnChunk[] = []
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all', chunkRows: timedRows })) {
    for (let row = 0; row < Math.min(chunk.rows, timedRows); row++) singles.push(singleRow(chunk, row))
    break
  }
  const session = await openSession(await readFile(join(context.artifacts.folder(model.hash), 'model.onnx')))
  return { session, singles, shortest: new Float64Array(singles.length).fill(Infinity) }
}

function singleRow({ columns }: ColumnChunk, row: number): ColumnChunk {
  return {
    rows: 1,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, values.slice(row, row + 1)]),
    ),
  }
}

function latencyOf(times: Float64Array): Latency {
  const sorted = times.toSorted()
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99), answers: sorted.length }
}

export async function packageBytes(context: RunContext, model: Artifact<'model'>): Promise<number> {
  return (await stat(join(context.artifacts.folder(model.hash), 'model.onnx'))).size
}
