import { Download, X } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import type { Column } from '../../../src/core/columns.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCount } from '../../ui/format-amount.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { Select } from '../../ui/select.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { DataMessage } from '../data/data-message.tsx'
import { SendDownstream } from '../downstream/send-downstream.tsx'
import type { ShownTable } from '../shown-table.ts'
import {
  chartKinds,
  chartTitles,
  columnsForAxis,
  firstChart,
  needsY,
  withKind,
  type ChartChoice,
} from './chart-kinds.ts'
import { conditionOf } from './chart-selection.ts'
import { useChartTheme } from './chart-theme.ts'
import { Chart } from './chart.tsx'
import { drawChart } from './draw-chart.ts'
import type { DrawnChart, MarkedExtent } from './drawn-chart.ts'
import { saveChart } from './save-chart.ts'

/** As many rows as a chart is drawn of. */
const mostRows = { scatter: 5000, histogram: 50_000, bar: 50_000, line: 50_000, box: 50_000 } as const

/** Any two columns of a table in a chart. */
export function ChartsTab({ table }: { table: ShownTable }) {
  const [choice, setChoice] = useState(() => firstChart(table.columns))
  const [extent, setExtent] = useState<MarkedExtent | null>(null)
  if (!choice) {
    return (
      <EmptyState title="There is nothing to draw">
        The table has no column of numbers, texts or dates.
      </EmptyState>
    )
  }
  const choose = (next: ChartChoice): void => {
    setChoice(next)
    setExtent(null)
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <ChartOf table={table} choice={choice} onChoose={choose} extent={extent} onMark={setExtent} />
    </div>
  )
}

interface ChartBarProps {
  table: ShownTable
  choice: ChartChoice
  onChoose: (choice: ChartChoice) => void
  /** What can be done with the chart that is drawn. */
  actions?: ReactNode
}

function ChartBar({ table: { columns }, choice, onChoose, actions }: ChartBarProps) {
  const { kind, x, y, colour } = choice
  const ys = columnsForAxis(kind, 'y', columns)
  const colours = columnsForAxis(kind, 'colour', columns)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <SegmentedControl
        label="Kind of chart"
        value={kind}
        options={chartKinds.map((value) => ({ value, title: chartTitles[value] }))}
        onChange={(next) => onChoose(withKind(choice, next, columns))}
      />
      <Axis
        title="x"
        columns={columnsForAxis(kind, 'x', columns)}
        value={x}
        onChange={(next) => onChoose({ ...choice, x: next ?? x })}
      />
      {ys.length > 0 && (
        <Axis
          title="y"
          columns={ys}
          value={y}
          {...(!needsY(kind) && { none: 'number of rows' })}
          onChange={(next) => onChoose({ ...choice, y: next })}
        />
      )}
      {colours.length > 0 && (
        <Axis
          title="colour"
          columns={colours}
          value={colour}
          none="none"
          onChange={(next) => onChoose({ ...choice, colour: next })}
        />
      )}
      <div className="flex min-w-28 flex-1 items-center justify-end gap-1 text-xs text-ink-soft">
        {actions}
      </div>
    </div>
  )
}

interface AxisProps {
  title: string
  columns: readonly Column[]
  value: string | null
  /** Offered where no column need be chosen. */
  none?: string
  onChange: (column: string | null) => void
}

function Axis({ title, columns, value, none, onChange }: AxisProps) {
  const place = columns.findIndex(({ name }) => name === value)
  return (
    <label className="flex items-center gap-1.5 text-xs text-ink-soft">
      {title}
      <span className="w-34">
        <Select
          label={`Column for ${title}`}
          value={place === -1 ? 'none' : String(place)}
          options={[
            ...(none !== undefined || place === -1 ? [{ value: 'none', title: none ?? 'Choose …' }] : []),
            ...columns.map(({ name }, index) => ({ value: String(index), title: name })),
          ]}
          onChange={(next) => onChange(next === 'none' ? null : columns[Number(next)]!.name)}
        />
      </span>
    </label>
  )
}

interface ChartOfProps extends Omit<ChartBarProps, 'actions'> {
  extent: MarkedExtent | null
  onMark: (extent: MarkedExtent | null) => void
}

function ChartOf({ table, choice, onChoose, extent, onMark }: ChartOfProps) {
  const client = useClient()
  const theme = useChartTheme()
  const names = [...new Set([choice.x, choice.y, choice.colour])].filter((name) => name !== null)
  const limit = mostRows[choice.kind]
  const { data, error, loading } = useQuery(JSON.stringify([table.artifact, names, limit]), (signal) =>
    client.tables.points({ artifact: table.artifact, columns: names, limit, filter: null }, { signal }),
  )
  const drawn = useMemo(() => data && drawChart(choice, data, theme), [data, choice, theme])
  const selection = extent && drawn ? drawn.select(extent) : null
  const condition = selection ? conditionOf(selection) : null
  return (
    <>
      <ChartBar
        table={table}
        choice={choice}
        onChoose={onChoose}
        actions={
          data &&
          drawn && (
            <>
              <Selected condition={condition} onClear={() => onMark(null)} />
              {data.matching > data.indexes.length && (
                <span className="tabular">
                  Drawn of {formatCount(data.indexes.length)} of {formatCount(data.matching)} rows
                </span>
              )}
              <SendDownstream table={table} condition={condition} />
              <SaveMenu drawn={drawn} background={theme.surface} />
            </>
          )
        }
      />
      {error ? (
        <DataMessage error={error} />
      ) : !data || (loading && !drawn) ? (
        <div className="p-4">
          <Spinner label="Reading the values" />
        </div>
      ) : !drawn ? (
        <EmptyState title="No row has values to draw">Choose other columns.</EmptyState>
      ) : (
        <div className="min-h-36 flex-1 px-2 pt-2 pb-1">
          <Chart
            option={drawn.option}
            summary={drawn.summary}
            marking={drawn.marking}
            cells={drawn.cells}
            onMark={onMark}
          />
        </div>
      )}
    </>
  )
}

function Selected({ condition, onClear }: { condition: string | null; onClear: () => void }) {
  if (condition === null)
    return (
      <span title="Drag over the chart to select rows, or use its arrow keys" className="min-w-0 truncate">
        Drag over the chart to select rows
      </span>
    )
  return (
    <>
      <code className="selectable min-w-0 truncate rounded-md bg-accent-soft px-2 py-1 text-accent-strong">
        {condition}
      </code>
      <IconButton label="Clear the selection" onClick={onClear}>
        <X size={14} />
      </IconButton>
    </>
  )
}

function SaveMenu({ drawn, background }: { drawn: DrawnChart; background: string }) {
  const save = (as: 'png' | 'svg' | 'csv') => (): void => void saveChart(drawn, as, background)
  return (
    <Menu
      items={[
        { title: 'Save as PNG', onSelect: save('png') },
        { title: 'Save as SVG', onSelect: save('svg') },
        { title: 'Save its numbers as CSV', onSelect: save('csv') },
      ]}
    >
      <IconButton label="Save the chart">
        <Download size={15} />
      </IconButton>
    </Menu>
  )
}
