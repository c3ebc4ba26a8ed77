import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, shareText } from '../format-amounts.ts'
import type { outliersSchema } from './report-contents.ts'
import { FactTable } from './report-parts.tsx'

/** The bounds of each column, and how many values lie beyond them. */
export function OutliersReport({ content }: { content: z.infer<typeof outliersSchema> }) {
  const { columns, rows } = content
  const bound = (value: number | null): string => (value === null ? '–' : amountText(value))
  return (
    <FactTable
      label="Outliers of each column"
      columns={[
        { title: 'Column' },
        { title: 'Lower bound', isNumber: true },
        { title: 'Upper bound', isNumber: true },
        { title: 'Below', isNumber: true },
        { title: 'Above', isNumber: true },
        { title: 'Share of the rows', isNumber: true },
      ]}
      rows={columns.map(({ column, lower, upper, below, above }) => [
        column,
        bound(lower),
        bound(upper),
        formatCount(below),
        formatCount(above),
        rows === 0 ? '–' : shareText((below + above) / rows),
      ])}
    />
  )
}
