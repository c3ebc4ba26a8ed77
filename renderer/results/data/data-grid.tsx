import { Filter } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { formatCount } from '../../ui/format-amount.ts'
import { MenuArea } from '../../ui/menu.tsx'
import { conditionsOfCell } from './cell-menu.ts'
import { columnWidth, columnsInView, leftEdges } from './column-widths.ts'
import { GridHeader } from './grid-header.tsx'
import { cellId, GridRow } from './grid-row.tsx'
import { headerPx, numberPx, rowPx } from './grid-sizes.ts'
import { afterScroll, rowsInView, scrolledPx, scrollToRow, type ScrollState } from './scroll-rows.ts'
import { useTablePages, type TableView } from './use-table-pages.ts'
import { DataMessage } from './data-message.tsx'

interface DataGridProps {
  view: TableView
  label: string
  onSort: (sort: TableView['sort']) => void
  /** A condition that a cell suggests was chosen. */
  onCondition: (condition: string) => void
  onCount: (matching: number, total: number) => void
}

/** Rows of a table of any length: what is in view is read as it comes into view. */
export function DataGrid({ view, label, onSort, onCondition, onCount }: DataGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const [scroll, setScroll] = useState<ScrollState & { left: number }>({ scrollTop: 0, rowsTop: 0, left: 0 })
  const [active, setActive] = useState({ row: 0, column: 0 })
  const [rows, setRows] = useState(0)
  const scrolled = { rows, rowPx, viewportPx: Math.max(rowPx, size.height - headerPx) }
  const inView = rowsInView(scrolled, scroll)
  const pages = useTablePages(view, rows === 0 ? { from: 0, to: 1 } : inView)
  const { columns, matching, total, isSplit, error } = pages
  const lefts = useMemo(() => leftEdges(columns.map(columnWidth)), [columns])
  const shown = columnsInView(lefts, scroll.left, size.width - numberPx)
  useEffect(() => {
    if (matching === null) return
    setRows(matching)
    onCount(matching, total)
  }, [matching, total])
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
    setScroll((was) => ({ ...was, scrollTop: 0, rowsTop: 0 }))
    setActive((was) => ({ ...was, row: 0 }))
  }, [view])
  const goTo = (row: number, column: number): void => {
    const to = { row: clamp(row, rows), column: clamp(column, columns.length) }
    setActive(to)
    const next = scrollToRow(scrolled, scroll, to.row)
    const left = leftFor(lefts, to.column, { left: scroll.left, width: size.width - numberPx })
    setScroll({ ...next, left })
    scroller.current?.scrollTo({ top: next.scrollTop, left })
  }
  const pressed = (event: KeyboardEvent): void => {
    const pageful = Math.max(1, Math.floor(scrolled.viewportPx / rowPx) - 1)
    const way = keyWay(event, { active, pageful, rows, columns: columns.length })
    if (!way) return
    event.preventDefault()
    goTo(way.row, way.column)
  }
  const point = ({ target }: { target: EventTarget }): void => {
    const cell = (target as Element).closest<HTMLElement>('[role=gridcell]')
    if (cell) setActive({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) })
  }
  if (error) return <DataMessage error={error} />
  const column = columns[active.column]
  const cell = pages.row(active.row)?.cells[active.column]
  const conditions = column && cell !== undefined ? conditionsOfCell(column, cell) : []
  const width = lefts.at(-1)! + numberPx
  return (
    <MenuArea
      items={(conditions.length > 0 ? conditions : nothingToAsk).map(({ title, condition }) => ({
        title,
        icon: <Filter size={14} />,
        disabled: condition === '',
        onSelect: () => onCondition(condition),
      }))}
    >
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={matching === null ? -1 : matching + 1}
        aria-colcount={columns.length + 1}
        aria-busy={matching === null}
        aria-activedescendant={rows > 0 ? cellId(active.row, active.column) : undefined}
        onKeyDown={pressed}
        onPointerDownCapture={point}
        onScroll={({ currentTarget: { scrollTop, scrollLeft } }) =>
          setScroll((was) => ({ ...afterScroll(scrolled, was, scrollTop), left: scrollLeft }))
        }
        className="relative h-full overflow-auto bg-surface text-xs focus-visible:-outline-offset-2"
      >
        <GridHeader
          columns={columns}
          lefts={lefts}
          shown={shown}
          sort={view.sort}
          width={width}
          height={headerPx}
          onSort={onSort}
        />
        <div role="rowgroup" style={{ height: scrolledPx(scrolled), width, position: 'relative' }}>
          {Array.from({ length: inView.to - inView.from }, (_, offset) => {
            const place = inView.from + offset
            return (
              <GridRow
                key={place}
                place={place}
                row={pages.row(place)}
                top={place * rowPx - scroll.rowsTop + scroll.scrollTop}
                columns={columns}
                lefts={lefts}
                shown={shown}
                isSplit={isSplit}
                active={active.row === place ? active.column : null}
              />
            )
          })}
        </div>
        {matching === 0 && (
          <p className="sticky left-0 p-4 text-ink-soft">
            {total === 0
              ? 'The table has no rows.'
              : `None of the ${formatCount(total)} rows fits the condition.`}
          </p>
        )}
      </div>
    </MenuArea>
  )
}

const nothingToAsk = [{ title: 'No condition for this cell', condition: '' }]

const clamp = (place: number, count: number): number => Math.max(0, Math.min(place, count - 1))

interface KeyPlace {
  active: { row: number; column: number }
  pageful: number
  rows: number
  columns: number
}

function keyWay(event: KeyboardEvent, { active, pageful, rows, columns }: KeyPlace) {
  const { row, column } = active
  const far = event.ctrlKey || event.metaKey
  switch (event.key) {
    case 'ArrowDown':
      return { row: far ? rows - 1 : row + 1, column }
    case 'ArrowUp':
      return { row: far ? 0 : row - 1, column }
    case 'ArrowRight':
      return { row, column: far ? columns - 1 : column + 1 }
    case 'ArrowLeft':
      return { row, column: far ? 0 : column - 1 }
    case 'PageDown':
      return { row: row + pageful, column }
    case 'PageUp':
      return { row: row - pageful, column }
    case 'Home':
      return { row: far ? 0 : row, column: 0 }
    case 'End':
      return { row: far ? rows - 1 : row, column: columns - 1 }
    default:
      return null
  }
}

function leftFor(lefts: readonly number[], column: number, seen: { left: number; width: number }): number {
  const [start, end] = [lefts[column] ?? 0, lefts[column + 1] ?? 0]
  if (start < seen.left) return start
  return end > seen.left + seen.width ? end - seen.width : seen.left
}

function useSize(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 800, height: 300 })
  useEffect(() => {
    const watched = element.current
    if (!watched) return
    const observer = new ResizeObserver(() =>
      setSize({ width: watched.clientWidth, height: watched.clientHeight }),
    )
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return size
}
