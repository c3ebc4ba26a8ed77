import { formatCount } from '../../ui/format-amount.ts'
import { amountText, shareText } from '../format-amounts.ts'

interface ConfusionMatrixProps {
  classes: readonly string[]
  /** Weight of the rows by true class, then answered class. */
  confusion: readonly (readonly number[])[]
}

/** Rows by what they are and what they are answered with; darker where a greater share of a class is. */
export function ConfusionMatrix({ classes, confusion }: ConfusionMatrixProps) {
  const sums = confusion.map((row) => row.reduce((sum, count) => sum + count, 0))
  return (
    <div className="max-w-full self-start overflow-auto">
      <table className="border-separate border-spacing-0.5 text-xs tabular">
        <caption className="pb-1 text-left text-ink-faint">
          Down: what is true. Across: what is answered.
        </caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col" className="max-w-32 truncate px-2 py-1 text-center font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, actual) => (
            <tr key={classes[actual]}>
              <th scope="row" className="max-w-40 truncate px-2 py-1 text-right font-medium">
                {classes[actual]}
              </th>
              {row.map((count, answered) => {
                const share = sums[actual] ? count / sums[actual] : 0
                const isRight = actual === answered
                return (
                  <td
                    key={classes[answered]}
                    className="min-w-20 rounded-sm px-3 py-2 text-center"
                    style={{
                      backgroundColor: `color-mix(in srgb, var(${isRight ? '--good' : '--bad'}) ${Math.round(share * 38)}%, var(--raised))`,
                    }}
                  >
                    <div className="font-semibold">{countOf(count)}</div>
                    <div className="text-2xs">{shareText(share)}</div>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const countOf = (count: number): string => (Number.isInteger(count) ? formatCount(count) : amountText(count))
