import { useState } from 'react'
import type { ColumnSketch } from '../../src/core/sketch-schema.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { shareText } from '../results/format-amounts.ts'
import { valueText } from '../results/profile/value-text.ts'
import { FactTable } from '../results/reports/report-parts.tsx'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { Spinner } from '../ui/spinner.tsx'
import { compareSketches } from './sketch-difference.ts'

interface SketchComparisonProps {
  node: string
  port: string
  /** Hashes of the tables. */
  before: string
  after: string
}

/** How the values of a table differ between two runs, column by column. */
export function SketchComparison({ node, port, before, after }: SketchComparisonProps) {
  const client = useClient()
  const [isOpen, setOpen] = useState(false)
  const { data, error } = useQuery(isOpen ? `${before} ${after}` : null, async (signal) => {
    const [was, is] = await Promise.all([
      client.tables.sketch({ artifact: before }, { signal }),
      client.tables.sketch({ artifact: after }, { signal }),
    ])
    return compareSketches(was, is)
  })
  return (
    <div className="flex flex-col items-start gap-2">
      <Button tone="quiet" className="-ml-2" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide' : 'Show'} how {node}.{port} differs
      </Button>
      {error && <p className="text-bad">{error.message}</p>}
      {isOpen && !data && !error && <Spinner label="Reading both tables" />}
      {data?.length === 0 && (
        <p className="text-ink-soft">Its columns look the same; only single rows differ.</p>
      )}
      {data && data.length > 0 && (
        <FactTable
          label={`Columns of ${node} that differ`}
          columns={[
            { title: 'Column' },
            { title: 'Missing', isNumber: true },
            { title: 'Different values', isNumber: true },
            { title: 'Mean', isNumber: true },
            { title: 'Range' },
            { title: 'Shift', isNumber: true },
          ]}
          rows={data.map((column) => [
            column.name,
            change(column, (_, missing) => (missing === null ? '–' : shareText(missing))),
            change(column, ({ distinct }) => formatCount(distinct.count)),
            change(column, meanText),
            change(column, rangeText),
            column.shift === null ? '–' : shareText(column.shift),
          ])}
        />
      )}
    </div>
  )
}

type Difference = ReturnType<typeof compareSketches>[number]

/** “before → after”, once where both are the same. */
function change(
  { before, after, missing }: Difference,
  text: (column: ColumnSketch, missing: number | null) => string,
): string {
  const was = before ? text(before, missing.before) : 'not there'
  const is = after ? text(after, missing.after) : 'not there'
  return was === is ? is : `${was} → ${is}`
}

function meanText(column: ColumnSketch): string {
  const mean = 'numbers' in column ? column.numbers?.mean : null
  return mean === null || mean === undefined ? '–' : valueText(mean, column.type)
}

function rangeText(column: ColumnSketch): string {
  if (!('numbers' in column) || !column.numbers) return '–'
  return `${valueText(column.numbers.min, column.type)} to ${valueText(column.numbers.max, column.type)}`
}
