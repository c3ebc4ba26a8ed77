import { amountText } from '../format-amounts.ts'

export interface WaterfallStep {
  name: string
  /** What the row has there. */
  value: string
  amount: number
  error?: number | undefined
}

interface WaterfallProps {
  label: string
  /** Where it begins: what is said of a row that nothing is known of. */
  base: number
  /** The strongest first. */
  steps: readonly WaterfallStep[]
}

const mostSteps = 12

/** From a base, step by step, to the answer of one row; what is weak is one step together. */
export function Waterfall({ label, base, steps }: WaterfallProps) {
  const shown = withRest(steps)
  const ends = [base]
  for (const { amount } of shown) ends.push(ends.at(-1)! + amount)
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const place = (value: number): number => (high > low ? ((value - low) / (high - low)) * 100 : 50)
  return (
    <ol
      aria-label={label}
      className="grid max-w-3xl grid-cols-[fit-content(14rem)_fit-content(8rem)_minmax(4rem,1fr)_auto] gap-x-3 gap-y-1 text-xs"
    >
      <Line name="Base" value="" amount={base} from={place(base)} to={place(base)} />
      {shown.map(({ name, value, amount, error }, index) => (
        <Line
          key={name}
          name={name}
          value={value}
          amount={amount}
          error={error}
          isStep
          from={place(ends[index]!)}
          to={place(ends[index + 1]!)}
        />
      ))}
      <Line
        name="Together"
        value=""
        amount={ends.at(-1)!}
        from={place(ends.at(-1)!)}
        to={place(ends.at(-1)!)}
      />
    </ol>
  )
}

function withRest(steps: readonly WaterfallStep[]): readonly WaterfallStep[] {
  if (steps.length <= mostSteps) return steps
  const rest = steps.slice(mostSteps - 1)
  const amount = rest.reduce((sum, step) => sum + step.amount, 0)
  return [...steps.slice(0, mostSteps - 1), { name: `${rest.length} more columns`, value: '', amount }]
}

interface LineProps extends WaterfallStep {
  isStep?: boolean
  /** In percent of the width. */
  from: number
  to: number
}

function Line({ name, value, amount, error, isStep = false, from, to }: LineProps) {
  const colour = isStep ? (amount < 0 ? 'bg-stage-serving/70' : 'bg-stage-ingestion/70') : 'bg-ink-soft'
  return (
    <li className="col-span-4 grid grid-cols-subgrid items-center">
      <span className="truncate text-right" title={name}>
        {name}
      </span>
      <span className="truncate text-ink-faint" title={value}>
        {value}
      </span>
      <span className="relative h-3.5" aria-hidden>
        <span
          className={`absolute h-full min-w-0.5 rounded-sm ${colour}`}
          style={{ left: `${Math.min(from, to)}%`, width: `${Math.abs(to - from)}%` }}
        />
      </span>
      <span className="whitespace-nowrap text-ink-soft tabular">
        {isStep && amount > 0 && '+'}
        {amountText(amount)}
        {error !== undefined && <span className="text-ink-faint"> ± {amountText(error)}</span>}
      </span>
    </li>
  )
}
