import type { ReactNode } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Spinner } from '../ui/spinner.tsx'
import { DataMessage } from './data/data-message.tsx'
import type { ShownOutput } from './outputs-of-step.ts'
import type { ShownTable } from './shown-table.ts'

/** Finds out which columns a table has, and draws what needs to know them. */
export function TableLoader(props: { output: ShownOutput; children: (table: ShownTable) => ReactNode }) {
  const { output, children } = props
  const client = useClient()
  const { data, error } = useQuery(output.hash, (signal) =>
    client.tables.page({ artifact: output.hash, offset: 0, limit: 0, sort: null, filter: null }, { signal }),
  )
  if (error) return <DataMessage error={error} />
  if (!data) {
    return (
      <div className="p-4">
        <Spinner label="Reading the table" />
      </div>
    )
  }
  const { hash, title, from, isSample } = output
  return children({ artifact: hash, title, columns: data.columns, from, isSample })
}
