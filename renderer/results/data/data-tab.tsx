import { useState } from 'react'
import { formatCount } from '../../ui/format-amount.ts'
import { Badge } from '../../ui/badge.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { SendDownstream } from '../downstream/send-downstream.tsx'
import type { ShownTable } from '../shown-table.ts'
import { DataGrid } from './data-grid.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FilterField } from './filter-field.tsx'
import type { TableView } from './use-table-pages.ts'

/** The rows of a table, sorted and filtered over all of them. */
export function DataTab({ table }: { table: ShownTable }) {
  const [view, setView] = useState<TableView>({ artifact: table.artifact, sort: null, filter: null })
  const [count, setCount] = useState<{ matching: number; total: number } | null>(null)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 items-start gap-2 border-b border-line px-3 py-1.5">
        <FilterField
          columns={table.columns}
          filter={view.filter}
          onFilter={(filter) => setView({ ...view, filter })}
        />
        <span role="status" className="pt-2 text-xs whitespace-nowrap text-ink-soft tabular">
          {count && countText(count)}
        </span>
        {table.isSample && (
          <Tooltip text="Made of 2,000 rows of each source, as the pipeline is now. Run it for all of them.">
            <span className="pt-1.5">
              <Badge tone="accent">sample</Badge>
            </span>
          </Tooltip>
        )}
        <SendDownstream table={table} condition={view.filter} />
        <ExportMenu artifact={table.artifact} />
      </div>
      <div className="min-h-0 flex-1">
        <DataGrid
          view={view}
          label={`Rows of ${table.title}`}
          onSort={(sort) => setView({ ...view, sort })}
          onCondition={(condition) => setView({ ...view, filter: condition })}
          onCount={(matching, total) => setCount({ matching, total })}
        />
      </div>
    </div>
  )
}

const countText = ({ matching, total }: { matching: number; total: number }): string =>
  matching === total
    ? `${formatCount(total)} ${total === 1 ? 'row' : 'rows'}`
    : `${formatCount(matching)} of ${formatCount(total)} rows`
