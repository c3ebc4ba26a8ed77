import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle } from '../format-amounts.ts'
import { PointChart } from './point-chart.tsx'
import type { tuningSchema } from './report-contents.ts'
import { FactTable, MetricTiles, ReportSection } from './report-parts.tsx'

type Tuning = z.infer<typeof tuningSchema>
type Trial = Tuning['trials'][number]
type Done = Trial & { value: number }

/** How the search went: trial after trial, and what each parameter had to do with it. */
export function TuningReport({ content }: { content: Tuning }) {
  const { metric, best, trials } = content
  const done = trials.filter((trial): trial is Done => trial.value !== undefined)
  const failed = trials.length - done.length
  const names = Object.keys(best.parameters)
  return (
    <div className="flex flex-col gap-5">
      <MetricTiles metrics={{ [`best_${metric}`]: best.value, trials: trials.length }} />
      <p className="text-ink-soft">
        The best was {best.trial}, with{' '}
        {names.map((name) => `${name} ${text(best.parameters[name])}`).join(', ')}.
        {failed > 0 && ` ${formatCount(failed)} trials failed.`}
      </p>
      <Course content={content} done={done} />
      <ReportSection title={`${metricTitle(metric)} by each parameter`}>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] gap-4">
          {names.map((name) => (
            <ByParameter key={name} name={name} content={content} done={done} />
          ))}
        </div>
      </ReportSection>
      <TrialTable content={content} done={done} names={names} />
    </div>
  )
}

function Course({ content: { metric, best, direction, trials }, done }: { content: Tuning; done: Done[] }) {
  const number = new Map(trials.map(({ trial }, index) => [trial, index + 1]))
  const line: [number, number][] = []
  for (const { trial, value } of done) {
    const last = line.at(-1)?.[1] ?? value
    const reached = direction === 'maximize' ? Math.max(last, value) : Math.min(last, value)
    line.push([number.get(trial)!, reached])
  }
  return (
    <ReportSection title="Trials over time">
      <div className="max-w-3xl">
        <PointChart
          title={`${metricTitle(metric)} of each trial, and the best so far`}
          x="trial"
          y={metricTitle(metric)}
          points={done.map(({ trial, value }) => ({
            x: number.get(trial)!,
            y: value,
            name: trial,
            isMarked: trial === best.trial,
          }))}
          line={line}
        />
      </div>
    </ReportSection>
  )
}

function ByParameter({ name, content, done }: { name: string; content: Tuning; done: Done[] }) {
  const { metric, best } = content
  const values = done.map(({ parameters }) => parameters[name]!)
  const numbers = values.filter((value) => typeof value === 'number')
  const areNumbers = numbers.length === values.length
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return (
    <PointChart
      title={name}
      x={name}
      y={metricTitle(metric)}
      isLog={areNumbers && low > 0 && high / low >= 20}
      {...(!areNumbers && { categories: [...new Set(values.map(String))] })}
      points={done.map(({ trial, parameters, value }) => ({
        x: areNumbers ? Number(parameters[name]) : String(parameters[name]),
        y: value,
        name: trial,
        isMarked: trial === best.trial,
      }))}
      className="h-48 w-full"
    />
  )
}

interface TrialTableProps {
  content: Tuning
  done: readonly Done[]
  names: readonly string[]
}

/** The best first, then those that failed. */
function TrialTable({ content: { trials, metric, direction }, done, names }: TrialTableProps) {
  const sign = direction === 'maximize' ? -1 : 1
  const failed = trials.filter(({ value }) => value === undefined)
  const sorted: readonly Trial[] = [...done.toSorted((a, b) => sign * (a.value - b.value)), ...failed]
  const hasResource = trials.some(({ resource }) => resource !== undefined)
  return (
    <ReportSection title="All trials">
      <FactTable
        label="Trials, the best first"
        columns={[
          { title: 'Trial' },
          ...names.map((title) => ({ title, isNumber: true })),
          ...(hasResource ? [{ title: 'Resource', isNumber: true }] : []),
          { title: metricTitle(metric), isNumber: true },
        ]}
        rows={sorted.map((trial) => cellsOf(trial, { names, hasResource }))}
      />
    </ReportSection>
  )
}

function cellsOf(
  { trial, parameters, resource, value, failed = 'failed' }: Trial,
  { names, hasResource }: { names: readonly string[]; hasResource: boolean },
): string[] {
  const given = resource === undefined ? '–' : formatCount(resource)
  return [trial]
    .concat(names.map((name) => text(parameters[name])))
    .concat(hasResource ? given : [])
    .concat(value === undefined ? failed : amountText(value))
}

const text = (value: string | number | boolean | undefined): string =>
  typeof value === 'number' ? amountText(value) : value === undefined ? '–' : String(value)
