import type { ReactNode } from 'react'
import { amountText, metricTitle } from '../format-amounts.ts'
import { FactTable, ReportSection } from './report-parts.tsx'

const deepest = 4

/** Any content of a report: lists of like objects as tables, the rest as names and values. */
export function GenericContent({ content, depth = 0 }: { content: unknown; depth?: number }) {
  if (typeof content !== 'object' || content === null)
    return content === undefined ? null : <p>{leafText(content)}</p>
  if (Array.isArray(content)) return <GenericList items={content} depth={depth} />
  const entries = Object.entries(content).filter(([, value]) => value !== null && value !== undefined)
  if (entries.length > 1 && entries.every(([, value]) => isFlat(value)))
    return (
      <GenericList
        items={entries.map(([name, value]) => ({ name: metricTitle(name), ...value }))}
        depth={depth}
      />
    )
  const leaves = entries.filter(([, value]) => isLeaf(value))
  const parts = entries.filter(([, value]) => !isLeaf(value) && !isEmpty(value))
  return (
    <div className="flex flex-col gap-4">
      {leaves.length > 0 && (
        <dl className="grid max-w-xl grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-xs">
          {leaves.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-faint">{metricTitle(name)}</dt>
              <dd className="tabular">{leafText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {parts.map(([name, value]) => (
        <ReportSection key={name} title={metricTitle(titleOf(name))}>
          {depth >= deepest ? (
            <code className="text-2xs break-all">{JSON.stringify(value)}</code>
          ) : (
            <GenericContent content={value} depth={depth + 1} />
          )}
        </ReportSection>
      ))}
    </div>
  )
}

function GenericList({ items, depth }: { items: readonly unknown[]; depth: number }): ReactNode {
  if (items.every(isLeaf))
    return <p className="text-xs tabular">{items.slice(0, 100).map(leafText).join(', ')}</p>
  const isTable = items.every(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      !Array.isArray(item) &&
      Object.values(item).every((value) => isLeaf(value) || Array.isArray(value)),
  )
  if (!isTable)
    return items
      .slice(0, 50)
      .map((item, index) => <GenericContent key={index} content={item} depth={depth + 1} />)
  const rows = items as readonly Record<string, unknown>[]
  const names = [...new Set(rows.slice(0, 50).flatMap(Object.keys))]
  return (
    <FactTable
      label="Entries"
      columns={names.map((name) => ({
        title: metricTitle(titleOf(name)),
        isNumber: rows.every((row) => typeof row[name] === 'number' || row[name] == null),
      }))}
      rows={rows.map((row) => names.map((name) => cellOf(row[name])))}
    />
  )
}

function cellOf(value: unknown): ReactNode {
  if (value === undefined || value === null) return '–'
  if (isLeaf(value)) return leafText(value)
  const text = JSON.stringify(value)
  return <code className="text-2xs">{text.length > 120 ? `${text.slice(0, 120)}…` : text}</code>
}

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null
const isFlat = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isLeaf)
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

function leafText(value: unknown): string {
  if (typeof value === 'number') return amountText(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : 'none'
}

/** `outOfFold` → “out of fold”. */
const titleOf = (name: string): string =>
  name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
