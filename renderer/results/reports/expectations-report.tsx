import { useMemo, useState } from 'react'
import type { z } from 'zod'
import { fieldsOf } from '../../inspector/form/field-model.ts'
import { useStore } from '../../state/store.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { amountText, shareText } from '../format-amounts.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import type { ExpectationResult, expectationsSchema } from './report-contents.ts'

/** As many as are drawn at once. */
const most = 200

/** Which expectations are met, and what was found where they are not. */
export function ExpectationsReport({ content }: { content: z.infer<typeof expectationsSchema> }) {
  const { results } = content
  const titles = useTitles()
  const unmet = results.filter(({ success }) => !success)
  const [shows, setShows] = useState<'all' | 'unmet'>(unmet.length > 0 ? 'unmet' : 'all')
  const shown = shows === 'all' ? results : unmet
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-4">
        <p className="flex-1">
          {unmet.length === 0
            ? `All ${formatCount(results.length)} expectations are met.`
            : `${formatCount(unmet.length)} of ${formatCount(results.length)} expectations are not met.`}
        </p>
        <SegmentedControl
          label="Which expectations"
          value={shows}
          options={[
            { value: 'all', title: `All ${results.length}` },
            { value: 'unmet', title: `Not met ${unmet.length}` },
          ]}
          onChange={setShows}
        />
      </div>
      <ul className="flex flex-col overflow-hidden rounded-md border border-line">
        {shown.slice(0, most).map((result, index) => (
          <Result key={index} result={result} titles={titles} />
        ))}
        {shown.length === 0 && <li className="p-3 text-ink-soft">None.</li>}
        {shown.length > most && <li className="p-3 text-ink-faint">and {shown.length - most} more</li>}
      </ul>
    </div>
  )
}

interface ResultProps {
  result: ExpectationResult
  titles: ReadonlyMap<string, string>
}

function Result({ result: of, titles }: ResultProps) {
  const { success, severity, expectation_config: config, result } = of
  const { unexpected_count: unexpected, element_count: all } = result
  const share = typeof unexpected === 'number' && typeof all === 'number' && all > 0 ? unexpected / all : null
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
      <OutcomeMark success={success} severity={severity} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{phraseOf(config, titles)}</p>
        <p className="text-xs text-ink-soft">{detailsOf(config.kwargs)}</p>
        {!success && <p className="text-xs text-bad">{foundText(result)}</p>}
      </div>
      {share !== null && (
        <div className="flex w-40 shrink-0 flex-col gap-1 pt-1 text-right text-xs text-ink-faint tabular">
          <span className="h-1.5 overflow-hidden rounded-full bg-hover" aria-hidden>
            <span
              className={share > 0 ? 'block h-full bg-bad' : 'block h-full'}
              style={{ width: `${Math.max(share * 100, share > 0 ? 2 : 0)}%` }}
            />
          </span>
          {shareText(share)} otherwise
        </div>
      )}
    </li>
  )
}

type Config = ExpectationResult['expectation_config']

/** What each expectation is called in the form that it was written in. */
function useTitles(): ReadonlyMap<string, string> {
  const params = useStore((state) => state.definitions['validation.expectations']?.params)
  return useMemo(() => {
    const list = params && fieldsOf(params).find(({ field }) => field.kind === 'list')?.field
    const item = list?.kind === 'list' ? list.item.field : null
    const kinds = item?.kind === 'union' ? item.alternatives : []
    return new Map(kinds.map(({ value, title }) => [value, title]))
  }, [params])
}

/** `expect_column_values_to_be_unique` of “id” → “Values are unique: id”. */
function phraseOf({ type, kwargs }: Config, titles: ReadonlyMap<string, string>): string {
  const words = titles.get(type) ?? type.replace(/^expect_/, '').replaceAll('_', ' ')
  const names = Object.entries(kwargs).flatMap(([name, value]) =>
    name.startsWith('column') ? (Array.isArray(value) ? value : [value]) : [],
  )
  const phrase = words[0]!.toUpperCase() + words.slice(1)
  return names.length === 0 ? phrase : `${phrase}: ${names.map(textOf).join(', ')}`
}

const detailsOf = (kwargs: Config['kwargs']): string =>
  Object.entries(kwargs)
    .filter(
      ([name, value]) => !name.startsWith('column') && !(name === 'mostly' && value === 1) && value !== false,
    )
    .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${textOf(value)}`)
    .join('; ')

function foundText(result: ExpectationResult['result']): string {
  const { unexpected_count: unexpected, element_count: all, partial_unexpected_list: list } = result
  const { observed_value: observed } = result
  const examples = Array.isArray(list) ? [...new Set(list.map(textOf))].slice(0, 8) : []
  if (typeof unexpected === 'number' && typeof all === 'number') {
    const such = examples.length === 0 ? '' : `, such as ${examples.join(', ')}`
    return `${formatCount(unexpected)} of ${formatCount(all)} are otherwise${such}.`
  }
  return observed === undefined || observed === null ? 'It is otherwise.' : `It is ${textOf(observed)}.`
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return amountText(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return JSON.stringify(value)
}
