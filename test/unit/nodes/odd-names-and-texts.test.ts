import { writeFile as writeText } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { derive } from '../../../nodes/features/derive/definition.ts'
import { run as deriveColumns } from '../../../nodes/features/derive/run.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { filter } from '../../../nodes/features/filter/definition.ts'
import { run as filterRows } from '../../../nodes/features/filter/run.ts'
import { impute } from '../../../nodes/features/impute/definition.ts'
import { run as imputeColumns } from '../../../nodes/features/impute/run.ts'
import { rename } from '../../../nodes/features/rename/definition.ts'
import { run as renameColumns } from '../../../nodes/features/rename/run.ts'
import { selectColumnsNode } from '../../../nodes/features/select-columns/definition.ts'
import { run as pickColumns } from '../../../nodes/features/select-columns/run.ts'
import { sort } from '../../../nodes/features/sort/definition.ts'
import { run as sortRows } from '../../../nodes/features/sort/run.ts'
import { excel } from '../../../nodes/ingestion/excel/definition.ts'
import { run as readWorkbook } from '../../../nodes/ingestion/excel/run.ts'
import { ingestionFile } from '../../../nodes/ingestion/file/definition.ts'
import { run as readTable } from '../../../nodes/ingestion/file/run.ts'
import { writeFile } from '../../../nodes/serving/write-file/definition.ts'
import { run as writeTable } from '../../../nodes/serving/write-file/run.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { defaultNullValues } from '../../../src/tables/reader-grammar.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { valuesOf } from '../recipe/small-table.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext({ failures: ingestionFile.failures })
})
afterEach(() => context.dispose())

const odd = fc.constantFrom(
  'constructor',
  'toString',
  'a.b',
  '"quoted"',
  "it's",
  'x, y; z',
  '$1 & <b>',
  '😀 été',
  '東京',
  '=1+1',
  '%s \\n {name}',
  'select',
  '_missing',
  'n'.repeat(200),
)
const character = fc.oneof(
  fc.constantFrom(...'"\'\\,;|\t\n\r.=+-@{}[]$%&<>:/ '.split('')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
)
const anyText = fc.oneof(odd, fc.string({ unit: character, minLength: 1, maxLength: 15 }))
// As the reader makes them: what is white space in a name is one space.
const name = anyText
  .map((text) => text.replace(/[\s\p{Cc}\ufeff]+/gu, ' ').trim())
  .filter((text) => text !== '' && text.toLowerCase() !== 'id' && text !== '__proto__')
const names = fc.uniqueArray(name, { minLength: 2, maxLength: 3, selector: (text) => text.toLowerCase() })
const value = anyText
  .filter((text) => !text.includes('\0'))
  // A carriage return alone is a line end to spreadsheets, and a byte order mark is none of the text.
  .map((text) => `t${text}`.trim())
  .filter((text) => !(defaultNullValues as readonly string[]).includes(text))

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
const texts = { trim: false, nullValues: [] }

async function read(file: { path: string; names: readonly string[] }): Promise<Artifact<'table'>> {
  const types = Object.fromEntries(file.names.map((each) => [each, 'text' as const]))
  if (file.path.endsWith('.xlsx')) {
    const params = excel.params.parse({ path: file.path, types, header: true, ...texts })
    return (await readWorkbook({}, params, context)).table
  }
  const isParquet = file.path.endsWith('.parquet')
  const params = isParquet
    ? { path: file.path }
    : { path: file.path, types: { ...types, id: 'integer' as const }, header: true, delimiter: ',', ...texts }
  return (await readTable({}, ingestionFile.params.parse(params), context)).table
}

async function throughNodes(table: Artifact<'table'>, given: readonly string[]): Promise<Artifact<'table'>> {
  const [first, second] = given as [string, string]
  const steps = [
    (from: Artifact<'table'>) =>
      renameColumns(
        { table: from },
        rename.params.parse({ names: { [first]: second, [second]: first } }),
        context,
      ),
    (from: Artifact<'table'>) =>
      imputeColumns(
        { table: from },
        impute.params.parse({ columns: given, text: 'constant', textValue: first }),
        context,
      ),
    (from: Artifact<'table'>) =>
      deriveColumns(
        { table: from },
        derive.params.parse({ columns: [{ name: `${first} copy`, expression: quoted(first) }] }),
        context,
      ),
    (from: Artifact<'table'>) =>
      filterRows(
        { table: from },
        filter.params.parse({ condition: `${quoted(second)} == ${quoted(second)}` }),
        context,
      ),
    (from: Artifact<'table'>) =>
      sortRows({ table: from }, sort.params.parse({ by: [{ column: 'id', order: 'descending' }] }), context),
    (from: Artifact<'table'>) =>
      pickColumns(
        { table: from },
        selectColumnsNode.params.parse({ columns: ['id', ...given, `${first} copy`] }),
        context,
      ),
  ]
  let result = table
  for (const step of steps) result = (await step(result)).table
  return result
}

describe('any column name and any text', () => {
  it('survive reading, several steps, writing and reading again', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.array(value, { minLength: 6, maxLength: 6 }), async (given, values) => {
        const rows = [0, 1, 2].map((row) => given.map((_, column) => values[(row * 2 + column) % 6]!))
        const csv = [['id', ...given], ...rows.map((row, index) => [String(index), ...row])]
          .map((row) => row.map(quoted).join(','))
          .join('\n')
        const path = join(context.folder, 'given.csv')
        await writeText(path, `${csv}\n`)
        const table = await throughNodes(await read({ path, names: given }), given)
        const swapped = [given[1]!, given[0]!, ...given.slice(2)]
        const columns = ['id', ...swapped, `${given[0]!} copy`]
        const wanted = Object.fromEntries([
          ['id', [2, 1, 0]],
          ...swapped.map((column, index) => [column, rows.map((row) => row[index]!).toReversed()]),
          [`${given[0]!} copy`, rows.map((row) => row[1]!).toReversed()],
        ]) as Record<string, (string | number)[]>
        expect(table.data.columns.map((column) => column.name)).toEqual(columns)
        expect(await valuesOf(context, table.data, { columns })).toEqual(wanted)
        for (const ending of ['csv', 'jsonl', 'parquet', 'xlsx']) {
          const file = join(context.folder, `written.${ending}`)
          await writeTable({ table }, writeFile.params.parse({ path: file }), context)
          const again = await read({ path: file, names: columns.slice(1) })
          expect(again.data.columns.map((column) => column.name)).toEqual(columns)
          expect(await valuesOf(context, again.data, { columns })).toEqual(wanted)
        }
      }),
      { numRuns: 8 },
    )
  }, 120_000)

  it('are categories with a name of their own', async () => {
    const path = join(context.folder, 'given.csv')
    await writeText(
      path,
      'id,t\n1,(null)\n2,(null)\n3,(rare)\n4,(rare)\n5,\n6,"""(null)"""\n7,"""(null)"""\n8,a\n',
    )
    const { table } = await readTable({}, ingestionFile.params.parse({ path, header: true }), context)
    const params = encode.params.parse({ columns: ['t'], minimumShare: 0.2 })
    const encoded = (await encodeColumns({ table }, params, context)).table
    const { elements } = encoded.data.columns.find((column) => column.name === 't')!
    expect(elements).toEqual(['t=""(null)""', 't="(null)"', 't="(rare)"', 't=(rare)'])
  })
})
