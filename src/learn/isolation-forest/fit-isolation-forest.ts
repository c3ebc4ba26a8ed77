import { createRandom } from '../../tables/random.ts'
import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import type { FitRun } from '../learner.ts'
import { selectAtRandom } from '../select-at-random.ts'
import type { UnlabelledTable } from '../unlabelled-table.ts'
import { growIsolationTree } from './grow-isolation-tree.ts'
import { expectedPathLength, type IsolationModel, type IsolationParameters } from './isolation-model.ts'

/** Grows an isolation forest (Liu, Ting & Zhou 2008); equal tables, parameters and seeds give equal forests. */
export async function fitIsolationForest(
  table: UnlabelledTable,
  { trees, sampleRows }: IsolationParameters,
  run: FitRun,
): Promise<IsolationModel> {
  if (table.rows === 0) throw learnError('no-rows')
  if (table.features.length === 0) throw learnError('no-features')
  const turn = eventTurns(run.signal)
  const count = Math.min(sampleRows, table.rows)
  const samples: Uint32Array[] = []
  for (let tree = 0; tree < trees; tree++) {
    const random = createRandom(run.seed, `rows of tree ${tree}`)
    samples.push(selectAtRandom({ count, from: table.rows, random }))
    await turn()
  }
  const { data, placeOf } = await readRows(table, { samples, turn })
  const grown: IsolationModel['trees'][number][] = []
  for (const [tree, sample] of samples.entries()) {
    run.progress({ share: tree / trees, note: `growing tree ${tree + 1} of ${trees}` })
    const rows = Array.from(sample, (row) => placeOf.get(row)!)
    const random = createRandom(run.seed, `tree ${tree}`)
    grown.push(growIsolationTree({ data, features: table.features.length, rows, trees, random }))
    await turn()
  }
  return { features: table.features.length, trees: grown, expectedLength: expectedPathLength(count) }
}

/** The rows that any tree is grown on, in one pass. */
async function readRows(
  table: UnlabelledTable,
  { samples, turn }: { samples: readonly Uint32Array[]; turn: () => Promise<void> | undefined },
): Promise<{ data: Float32Array; placeOf: ReadonlyMap<number, number> }> {
  const wanted = Uint32Array.from(new Set(samples.flatMap((sample) => [...sample]))).sort()
  const width = table.features.length
  const data = new Float32Array(wanted.length * width)
  let taken = 0
  let firstRow = 0
  for await (const chunk of table.chunks()) {
    for (; taken < wanted.length && wanted[taken]! < firstRow + chunk.rows; taken++) {
      const start = (wanted[taken]! - firstRow) * width
      data.set(chunk.data.subarray(start, start + width), taken * width)
    }
    firstRow += chunk.rows
    if (taken === wanted.length) break
    await turn()
  }
  return { data, placeOf: new Map(Array.from(wanted, (row, place) => [row, place])) }
}
