import type { ReactNode } from 'react'
import { amountText, metricTitle } from '../format-amounts.ts'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

export function ReportSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  )
}

/** Numbers that are read at a glance. */
export function MetricTiles({ metrics }: { metrics: Readonly<Record<string, number>> }) {
  const entries = Object.entries(metrics)
  if (entries.length === 0) return null
  return (
    <dl className="flex flex-wrap gap-2">
      {entries.map(([name, value]) => (
        <div key={name} className="min-w-28 rounded-md border border-line px-3 py-2">
          <dt className="text-xs text-ink-faint">{metricTitle(name)}</dt>
          <dd className="text-md font-semibold tabular">{amountText(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface FactColumn {
  title: string
  /** Numbers stand at the right. */
  isNumber?: boolean
}

interface FactTableProps {
  /** For screen readers. */
  label: string
  columns: readonly FactColumn[]
  rows: readonly (readonly ReactNode[])[]
}

/** As many rows as are drawn: a report may hold thousands, and who reads them looks for the first. */
const mostRows = 200

export function FactTable({ label, columns, rows }: FactTableProps) {
  const align = ({ isNumber = false }: FactColumn): string => (isNumber ? 'text-right tabular' : 'text-left')
  return (
    <ScrollRegion
      role="group"
      label={label}
      className="max-h-96 max-w-full self-start rounded-md border border-line"
    >
      <table className="border-collapse text-xs">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-raised text-ink-faint">
          <tr>
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={`px-3 py-1.5 font-medium whitespace-nowrap ${align(column)}`}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((cells, index) => (
            <tr key={index} className="border-t border-line">
              {cells.map((cell, place) => (
                <td key={place} className={`max-w-96 px-3 py-1.5 ${align(columns[place]!)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && (
        <p className="px-3 py-1.5 text-xs text-ink-faint">and {rows.length - mostRows} more</p>
      )}
    </ScrollRegion>
  )
}
