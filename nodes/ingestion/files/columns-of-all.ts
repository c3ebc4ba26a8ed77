import type { StartColumn } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { readFile } from '../../../src/tables/read-file/read-file.ts'
import { readStartChunks } from '../../../src/tables/start-rows.ts'
import { scratchArtifacts } from '../../scratch-artifacts.ts'
import type { FilesParams, ingestionFiles } from './definition.ts'
import { namesOf, reconcileColumn, type ShownColumns } from './reconcile-columns.ts'
import type { SniffedFile } from './sniff-matched.ts'

type Context = ContextOf<typeof ingestionFiles>

/** The columns that the files have together; fails where they differ in what the parameters do not allow. */
export async function columnsOfAll(
  context: Context,
  files: readonly SniffedFile[],
  params: FilesParams,
): Promise<StartColumn[]> {
  const names = namesOf(files, params.columns)
  if (names.length === 0) context.fail('no-shared-columns', { files: files.length }, { param: 'columns' })
  if (params.columns === 'same') refuseMissing(context, files, names)
  if (names.includes(params.sourceColumn)) {
    context.fail('name-taken', { column: params.sourceColumn }, { param: 'sourceColumn' })
  }
  const shown: ShownColumns[] = []
  for (const file of files) shown.push({ ...file, empty: await emptyColumns(context, file, files) })
  return names.map((name) => {
    const outcome = reconcileColumn(name, shown)
    return 'code' in outcome ? context.fail(outcome.code, outcome.values, { param: 'types' }) : outcome
  })
}

function refuseMissing(context: Context, files: readonly SniffedFile[], names: readonly string[]): void {
  for (const { path, startColumns } of files) {
    const own = new Set(startColumns.map(({ name }) => name))
    const columns = names.filter((name) => !own.has(name))
    if (columns.length > 0) context.fail('columns-differ', { file: path, columns }, { param: 'columns' })
  }
}

/**
 * Columns of a file that are text because nothing stands in them. Only a file that contradicts another is read for
 * that.
 */
async function emptyColumns(
  context: Context,
  file: SniffedFile,
  files: readonly SniffedFile[],
): Promise<Set<string>> {
  const types = new Map(
    files.flatMap(({ startColumns }) =>
      startColumns.filter(({ type }) => type !== 'text').map(({ name, type }) => [name, type]),
    ),
  )
  const doubtful = file.startColumns.filter(({ name, type }) => type === 'text' && types.has(name))
  if (doubtful.length === 0) return new Set()
  const scratch = { ...context, artifacts: scratchArtifacts(context) }
  const { rows, startColumns } = await readFile(scratch, file.options)
  const empty = new Set(doubtful.map(({ name }) => name))
  const columns = [...empty]
  const table = newTable(rows, startColumns)
  for await (const chunk of readStartChunks(scratch, table, { columns, rows: 'all' })) {
    for (const name of empty) {
      if ((chunk.columns[name] as string[]).some((text) => text !== '')) empty.delete(name)
    }
  }
  return empty
}
