import type { Artifact, TableData } from '../src/core/artifacts.ts'
import type { RowScope } from '../src/core/columns.ts'
import type { HeldColumns } from '../src/learn/explain/held-columns.ts'
import type { RunContext } from '../src/node-kit/run-context.ts'
import { readChosenRows } from '../src/recipe/read-chosen-rows.ts'

/** In memory what a model takes of the rows at these places, ascending, among those asked for. */
export async function holdColumns(
  context: RunContext,
  from: { model: Artifact<'model'>; table: TableData; rows: RowScope; kept: Uint32Array },
): Promise<HeldColumns> {
  const { model, table, rows, kept } = from
  const names = model.data.signature.inputs.map(({ name }) => name)
  const collected = names.map((): (number | string)[] => [])
  let place = 0
  let next = 0
  for await (const chunk of readChosenRows(context, table, { columns: names, rows })) {
    while (next < kept.length && kept[next]! < place + chunk.rows) {
      const row = kept[next++]! - place
      for (const [index, name] of names.entries()) collected[index]!.push(chunk.columns[name]![row]!)
    }
    place += chunk.rows
  }
  return Object.fromEntries(
    model.data.signature.inputs.map(({ name, type }, index) => [
      name,
      type === 'text' ? (collected[index] as string[]) : Float64Array.from(collected[index] as number[]),
    ]),
  )
}
