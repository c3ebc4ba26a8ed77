import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText } from '../format-amounts.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import type { ModelTestResult, modelTestsSchema } from './report-contents.ts'
import { FactTable } from './report-parts.tsx'

/** Which tests a model has passed, and rows on which it has not. */
export function ModelTestsReport({ content }: { content: z.infer<typeof modelTestsSchema> }) {
  const { results } = content
  const failed = results.filter(({ success }) => !success).length
  return (
    <div className="flex flex-col gap-3">
      <p>
        {failed === 0
          ? `All ${formatCount(results.length)} tests are passed.`
          : `${formatCount(failed)} of ${formatCount(results.length)} tests are not passed.`}
      </p>
      <ul className="flex flex-col overflow-hidden rounded-md border border-line">
        {results.map((result, index) => (
          <Result key={index} result={result} />
        ))}
      </ul>
    </div>
  )
}

function Result({ result }: { result: ModelTestResult }) {
  const { success, severity, phrase, failedRows } = result
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
      <OutcomeMark success={success} severity={severity} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium">{phrase[0]!.toUpperCase() + phrase.slice(1)}</p>
        <p className={`text-xs ${success ? 'text-ink-soft' : 'text-bad'}`}>{foundText(result)}</p>
        {failedRows.length > 0 && <FailedRows result={result} />}
      </div>
    </li>
  )
}

function foundText({ observed, rows, unexpected }: ModelTestResult): string {
  if (observed !== null) return `It is ${amountText(observed)}.`
  if (unexpected === 0) return `${formatCount(rows)} rows are as expected.`
  return `${formatCount(unexpected)} of ${formatCount(rows)} rows are otherwise.`
}

function FailedRows({ result: { phrase, failedRows } }: { result: ModelTestResult }) {
  const names = Object.keys(failedRows[0]!.row)
  const isMoved = failedRows[0]!.changed !== null
  const moved = isMoved ? [{ title: 'Change' }, { title: 'Answer then' }] : []
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-ink-soft">Show rows</summary>
      <div className="pt-1.5">
        <FactTable
          label={`Rows otherwise: ${phrase}`}
          columns={[{ title: 'Answer' }, ...moved, ...names.map((title) => ({ title }))]}
          rows={failedRows.map(({ answer, changed, row }) => [
            text(answer),
            ...(changed ? [`${text(changed.from)} → ${text(changed.to)}`, text(changed.answer)] : []),
            ...names.map((name) => text(row[name] ?? null)),
          ])}
        />
      </div>
    </details>
  )
}

function text(value: string | number | null): string {
  if (value === null || value === '') return '—'
  return typeof value === 'number' ? amountText(value) : value
}
