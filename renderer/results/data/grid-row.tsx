import { memo } from 'react'
import type { Cell } from '../../../src/contract/cell.ts'
import { isNumeric, type Column, type SplitPart } from '../../../src/core/columns.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { cellText } from './cell-text.ts'
import type { ColumnWindow } from './column-widths.ts'
import { numberPx } from './grid-sizes.ts'
import type { TableRow } from './use-table-pages.ts'

interface GridRowProps {
  place: number
  row: TableRow | null
  top: number
  columns: readonly Column[]
  lefts: readonly number[]
  shown: ColumnWindow
  isSplit: boolean
  /** The column of the cell that the keyboard is at, in this row. */
  active: number | null
}

const partMarks: Readonly<Record<SplitPart, string>> = { train: '', validation: 'V', test: 'T' }

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { place, row, top, columns, lefts, shown, isSplit, active } = props
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      className={classNames(
        'absolute left-0 flex h-7 w-full border-b border-line',
        place % 2 === 1 && 'bg-raised/60',
      )}
      style={{ top }}
    >
      <div
        role="rowheader"
        className="sticky left-0 z-10 flex w-19 shrink-0 items-center justify-end gap-1.5 border-r border-line bg-raised px-2 text-ink-faint tabular"
      >
        {isSplit && row?.part && (
          <span title={`${row.part} row`} className="text-2xs font-medium text-accent">
            {partMarks[row.part]}
            <span className="sr-only">{row.part}</span>
          </span>
        )}
        {row ? formatCount(row.index + 1) : ''}
      </div>
      {columns.slice(shown.from, shown.to).map((column, offset) => {
        const at = shown.from + offset
        return (
          <GridCell
            key={column.name}
            row={place}
            column={column}
            cell={row ? row.cells[at]! : undefined}
            index={at}
            isActive={active === at}
            left={lefts[at]! + numberPx}
            width={lefts[at + 1]! - lefts[at]!}
          />
        )
      })}
    </div>
  )
})

interface GridCellProps {
  row: number
  index: number
  column: Column
  /** Undefined while it is on its way. */
  cell: Cell | undefined
  isActive: boolean
  left: number
  width: number
}

function GridCell({ row, index, column, cell, isActive, left, width }: GridCellProps) {
  const text = cell === undefined ? '' : cellText(cell, column.type)
  return (
    <div
      id={cellId(row, index)}
      role="gridcell"
      aria-colindex={index + 2}
      data-row={row}
      data-column={index}
      title={text !== null && text.length > 20 ? text : undefined}
      className={classNames(
        'absolute top-0 flex h-full items-center border-r border-line px-2',
        isNumeric(column.type) && 'justify-end tabular',
        isActive && 'z-[1] shadow-[inset_0_0_0_1.5px_var(--accent)]',
        text === null && 'bg-warn-soft/50',
      )}
      style={{ left, width }}
    >
      {text === null ? (
        <span className="text-2xs text-ink-soft">missing</span>
      ) : cell === undefined ? (
        <span className="h-2 w-2/3 rounded-full bg-hover" />
      ) : (
        <span className="selectable truncate">{text}</span>
      )}
    </div>
  )
}

/** The cell that the keyboard is at is told to screen readers by this id. */
export const cellId = (row: number, column: number): string => `cell-${row}-${column}`
