import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { cellText } from '../../results/data/cell-text.ts'

const previewRows = 5

/** What an expression gives for the first rows of the table that came in with the last run. */
export function ExpressionPreview({ artifact, text }: { artifact: string; text: string }) {
  const client = useClient()
  const { data } = useQuery(`${artifact} ${text}`, (signal) =>
    client.expressions.preview({ artifact, text, rows: previewRows }, { signal }),
  )
  if (data?.outcome !== 'computed' || data.rows.length === 0) return null
  return (
    <div className="overflow-x-auto rounded-md border border-line">
      <table className="w-full text-xs tabular">
        <caption className="sr-only">What the expression gives for the first rows</caption>
        <thead>
          <tr className="bg-raised text-left text-ink-faint">
            {data.columns.map(({ name }) => (
              <th key={name} className="px-2 py-1 font-normal">
                {name}
              </th>
            ))}
            <th className="px-2 py-1 font-medium text-ink">Result</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map(({ cells, value }, index) => (
            <tr key={index} className="border-t border-line">
              {cells.map((cell, place) => (
                <td key={place} className="max-w-32 truncate px-2 py-1 text-ink-soft">
                  {cellText(cell, data.columns[place]!.type) ?? '–'}
                </td>
              ))}
              <td className="max-w-32 truncate px-2 py-1 font-medium">{cellText(value, data.type) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
