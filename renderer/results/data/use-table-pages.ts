import { useEffect, useReducer, useRef } from 'react'
import { reportOf, type ErrorReport } from '../../../src/core/errors.ts'
import type { Cell } from '../../../src/contract/cell.ts'
import type { TablePage } from '../../../src/contract/tables-contract.ts'
import type { Column, SplitPart } from '../../../src/core/columns.ts'
import { useClient } from '../../api/client.ts'

export interface TableView {
  artifact: string
  sort: { column: string; descending: boolean } | null
  /** A condition in the language of expressions. */
  filter: string | null
}

export interface TableRow {
  cells: readonly Cell[]
  /** Where it stands in the table, from 0. */
  index: number
  part: SplitPart | null
}

export interface TablePages {
  columns: readonly Column[]
  isSplit: boolean
  /** Null until the first page came. */
  matching: number | null
  total: number
  /** Null while its page is on its way. */
  row: (place: number) => TableRow | null
  error: ErrorReport | null
}

const pageRows = 200
const mostPages = 40

/** The pages of a table that were looked at; the rows in view are asked for, what was seen last is kept. */
export function useTablePages(view: TableView, inView: { from: number; to: number }): TablePages {
  const client = useClient()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const key = JSON.stringify(view)
  const held = useRef(newHolding(key))
  if (held.current.key !== key) held.current = { ...newHolding(key), columns: held.current.columns }
  const first = Math.floor(inView.from / pageRows)
  const last = Math.max(first, Math.floor(Math.max(0, inView.to - 1) / pageRows))
  useEffect(() => {
    const holding = held.current
    const ask = async (page: number): Promise<void> => {
      if (holding.pages.has(page) || holding.asked.has(page)) return
      holding.asked.add(page)
      try {
        const answer = await client.tables.page({ ...view, offset: page * pageRows, limit: pageRows })
        keep(holding, page, answer)
      } catch (error) {
        holding.error = reportOf(error)
      }
      holding.asked.delete(page)
      if (held.current === holding) redraw()
    }
    // Scrolling passes by many pages: only those where it comes to rest are worth asking for.
    const timer = setTimeout(
      () => {
        for (let page = first; page <= last; page++) void ask(page)
      },
      holding.matching === null ? 0 : 40,
    )
    return () => clearTimeout(timer)
  }, [client, key, first, last])
  const { columns, matching, total, isSplit, error } = held.current
  return { columns, matching, total, isSplit, error, row: (place) => rowAt(held.current, place) }
}

interface Holding {
  key: string
  /** In the order in which they came. */
  pages: Map<number, TablePage>
  asked: Set<number>
  columns: readonly Column[]
  isSplit: boolean
  matching: number | null
  total: number
  error: ErrorReport | null
}

const newHolding = (key: string): Holding => ({
  key,
  pages: new Map(),
  asked: new Set(),
  columns: [],
  isSplit: false,
  matching: null,
  total: 0,
  error: null,
})

function keep(holding: Holding, page: number, answer: TablePage): void {
  holding.pages.set(page, answer)
  const [oldest] = holding.pages.keys()
  if (holding.pages.size > mostPages) holding.pages.delete(oldest!)
  // Pages bring the columns each time: the same ones must stay the same object.
  if (JSON.stringify(holding.columns) !== JSON.stringify(answer.columns)) holding.columns = answer.columns
  holding.isSplit = answer.parts !== null
  holding.matching = answer.matching
  holding.total = answer.total
  holding.error = null
}

function rowAt({ pages }: Holding, place: number): TableRow | null {
  const page = pages.get(Math.floor(place / pageRows))
  const at = place % pageRows
  const cells = page?.rows[at]
  if (!page || !cells) return null
  return { cells, index: page.indexes[at]!, part: page.parts?.[at] ?? null }
}
