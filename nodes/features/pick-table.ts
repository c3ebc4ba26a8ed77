import type { Artifact } from '../../src/core/artifacts.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { pickRows } from '../../src/tables/pick-rows.ts'
import { readPositions } from '../../src/tables/read-positions.ts'
import type { Relation } from '../../src/tables/relation.ts'
import { writeTableArtifact } from '../../src/tables/write-table.ts'
import { loadRelation, withTables } from './load-relation.ts'

/**
 * The table with the rows whose `place` a query gives, in its order. The query is written for a relation of the
 * columns that are named.
 */
export async function pickTable(
  context: RunContext,
  table: Artifact<'table'>,
  names: readonly string[],
  query: (relation: Relation) => string,
): Promise<Artifact<'table'>> {
  const positions = await withTables(context, [table.data], async (database) => {
    const relation = await loadRelation(context, database, { table: table.data, view: 'input', names })
    return readPositions(database, query(relation))
  })
  return writeTableArtifact(context, await pickRows(context, table.data, positions))
}
