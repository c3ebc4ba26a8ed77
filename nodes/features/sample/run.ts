import type { TableData } from '../../../src/core/artifacts.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { selectAtRandom } from '../../../src/learn/select-at-random.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { codeValues } from '../../../src/tables/code-values.ts'
import { pickRows } from '../../../src/tables/pick-rows.ts'
import { createRandom, type Random } from '../../../src/tables/random.ts'
import { stratify } from '../../../src/tables/stratify.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { sample } from './definition.ts'

export const run = defineRun(sample, async ({ table: { data } }, params, context) => {
  const rows = data.rows.count
  const count = params.size === 'rows' ? Math.min(params.rows, rows) : Math.round(params.share * rows)
  const random = createRandom(context.seed + params.seedOffset, 'sample')
  const drawn =
    params.stratifyBy === undefined
      ? selectAtRandom({ count, from: rows, random })
      : drawnByClass(await classesOf(context, data, params.stratifyBy), count, random)
  return { table: await writeTableArtifact(context, await pickRows(context, data, drawn)) }
})

/** For each class, in the order of its first row, the positions of its rows. */
async function classesOf(context: RunContext, table: TableData, column: string): Promise<number[][]> {
  const values: (number | string)[] = []
  for await (const chunk of readColumns(context, table, { columns: [column], rows: 'all' }))
    for (const value of chunk.columns[column]!) values.push(value)
  const { codes, values: classes } = codeValues(values.map(String))
  const positions = classes.map((): number[] => [])
  for (const [position, code] of codes.entries()) positions[code]!.push(position)
  return positions
}

function drawnByClass(classes: readonly number[][], count: number, random: Random): Uint32Array {
  const rows = classes.reduce((sum, { length }) => sum + length, 0)
  const share = rows === 0 ? 0 : count / rows
  const sizes = classes.map(({ length }) => length)
  const counts = stratify(sizes, [share, 1 - share, 0])
  const drawn = classes.flatMap((positions, index) => {
    const picked = selectAtRandom({ count: counts[index]![0], from: positions.length, random })
    return Array.from(picked, (at) => positions[at]!)
  })
  return Uint32Array.from(drawn).sort()
}
