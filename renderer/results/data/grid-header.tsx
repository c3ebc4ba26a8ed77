import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Column } from '../../../src/core/columns.ts'
import { classNames } from '../../ui/class-names.ts'
import { ColumnTypeIcon } from '../column-type-icon.tsx'
import { numberPx } from './grid-sizes.ts'
import type { ColumnWindow } from './column-widths.ts'
import type { TableView } from './use-table-pages.ts'

interface GridHeaderProps {
  columns: readonly Column[]
  lefts: readonly number[]
  shown: ColumnWindow
  sort: TableView['sort']
  width: number
  height: number
  onSort: (sort: TableView['sort']) => void
}

/** Names, types and roles; a click sorts, again the other way, and a third time no more. */
export function GridHeader({ columns, lefts, shown, sort, width, height, onSort }: GridHeaderProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-20" style={{ width }}>
      <div
        role="row"
        aria-rowindex={1}
        className="relative border-b border-line bg-raised"
        style={{ height }}
      >
        <div
          role="columnheader"
          className="sticky left-0 z-10 flex h-full items-end border-r border-line bg-raised px-2 pb-1 text-ink-faint"
          style={{ width: numberPx }}
        >
          Row
        </div>
        {columns.slice(shown.from, shown.to).map((column, offset) => {
          const place = shown.from + offset
          const sorted =
            sort?.column === column.name ? (sort.descending ? 'descending' : 'ascending') : 'none'
          return (
            <div
              key={column.name}
              role="columnheader"
              aria-colindex={place + 2}
              aria-sort={sorted}
              className="absolute top-0 h-full border-r border-line"
              style={{ left: lefts[place]! + numberPx, width: lefts[place + 1]! - lefts[place]! }}
            >
              <button
                type="button"
                tabIndex={-1}
                disabled={column.type === 'vector'}
                title={`${column.name}: ${column.type}, ${column.role}`}
                onClick={() => onSort(nextSort(column.name, sort))}
                className="flex size-full flex-col justify-center gap-px px-2 text-left enabled:hover:bg-hover"
              >
                <span className="flex w-full items-center gap-1.5">
                  <ColumnTypeIcon type={column.type} />
                  <span className="min-w-0 truncate font-medium">{column.name}</span>
                  {sorted === 'ascending' && (
                    <ArrowUp size={12} aria-hidden className="shrink-0 text-accent" />
                  )}
                  {sorted === 'descending' && (
                    <ArrowDown size={12} aria-hidden className="shrink-0 text-accent" />
                  )}
                </span>
                <span className={classNames('text-2xs', roleColour(column))}>{roleText(column)}</span>
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function nextSort(column: string, sort: TableView['sort']): TableView['sort'] {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? null : { column, descending: true }
}

const roleText = ({ type, role, origin }: Column): string =>
  [role === 'feature' ? type : `${type} · ${role}`, ...(origin === 'recipe' ? ['computed'] : [])].join(' · ')

const roleColour = ({ role }: Column): string => (role === 'target' ? 'text-accent' : 'text-ink-faint')
