import { useState } from 'react'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { DataMessage } from '../data/data-message.tsx'
import { shareText } from '../format-amounts.ts'
import type { ShownTable } from '../shown-table.ts'
import { ColumnProfile } from './column-profile.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

/** As many columns as are drawn before one asks for more. */
const step = 60

/** What every column of a table looks like. */
export function ProfileTab({ table }: { table: ShownTable }) {
  const client = useClient()
  const { data, error } = useQuery(table.artifact, (signal) =>
    client.tables.sketch({ artifact: table.artifact }, { signal }),
  )
  const [search, setSearch] = useState('')
  const [most, setMost] = useState(step)
  if (error) return <DataMessage error={error} />
  if (!data) {
    return (
      <div className="p-4">
        <Spinner label="Reading the profile" />
      </div>
    )
  }
  const wanted = search.trim().toLowerCase()
  const found = data.columns.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 items-center gap-4 border-b border-line px-3 py-1.5">
        <SearchField
          label="Find a column"
          className="w-56"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="text-xs text-ink-soft tabular">
          {formatCount(data.rows)} rows, {formatCount(data.columns.length)} columns,{' '}
          {missingText(data.rows, data.columns)}
        </span>
      </div>
      <ScrollRegion label="Columns" className="min-h-0 flex-1 focus-visible:-outline-offset-2">
        <ul className="selectable grid auto-rows-min grid-cols-[repeat(auto-fill,minmax(300px,1fr))] gap-2 p-3">
          {found.slice(0, most).map((column) => (
            <ColumnProfile key={column.name} column={column} rows={data.rows} />
          ))}
          {found.length === 0 && <li className="p-2 text-ink-soft">No column is called so.</li>}
          {found.length > most && (
            <li>
              <button
                type="button"
                className="h-8 rounded-md px-2 font-medium text-accent hover:bg-hover"
                onClick={() => setMost(most + step)}
              >
                Show {formatCount(Math.min(step, found.length - most))} more columns
              </button>
            </li>
          )}
        </ul>
      </ScrollRegion>
    </div>
  )
}

function missingText(rows: number, columns: readonly ColumnSketch[]): string {
  const nulls = columns.reduce((sum, column) => sum + column.nulls, 0)
  const cells = rows * columns.length
  return nulls === 0 || cells === 0 ? 'nothing missing' : `${shareText(nulls / cells)} of the values missing`
}
