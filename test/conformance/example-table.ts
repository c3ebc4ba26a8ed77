import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Artifact, TableData } from '../../src/core/artifacts.ts'
import { splitParts, type Column, type Role } from '../../src/core/columns.ts'
import type { ExampleTable } from '../../src/node-kit/define-node.ts'
import { writeSplit } from '../../src/tables/write-split.ts'
import { writeTableArtifact } from '../../src/tables/write-table.ts'
import { run as readFile } from '../../nodes/ingestion/file/run.ts'
import { ingestionFile } from '../../nodes/ingestion/file/definition.ts'
import type { TestContext } from '../fixtures/test-context.ts'

/** The table that an example describes. */
export async function exampleTable(context: TestContext, example: ExampleTable): Promise<Artifact<'table'>> {
  const path = context.resolvePath(`${randomUUID()}.csv`)
  await writeFile(path, example.csv)
  const params = ingestionFile.params.parse({
    path,
    nullValues: [''],
    delimiter: ',',
    header: true,
    types: typesWithoutRows(example.csv),
  })
  const { table } = await readFile({}, params, { ...context, node: 'source' })
  const data = withRoles(table.data, example.roles ?? {})
  if (!example.split) return writeTableArtifact(context, data)
  const parts = Uint8Array.from(example.split, (part) => splitParts.indexOf(part))
  return writeTableArtifact(context, await writeSplit(context, data, parts))
}

/** A header alone does not tell types, and reading asks for them then. */
function typesWithoutRows(csv: string): Record<string, 'text'> {
  const [header = '', ...rows] = csv.trimEnd().split('\n')
  return rows.length > 0 ? {} : Object.fromEntries(header.split(',').map((name) => [name, 'text']))
}

function withRoles(table: TableData, roles: Readonly<Record<string, string>>): TableData {
  const columns = table.columns.map((column): Column => {
    const role = roles[column.name] as Role | undefined
    return role ? Object.assign(structuredClone(column), { role }) : column
  })
  return { ...table, columns }
}
