import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useDeferredValue, useState } from 'react'
import type { DeploymentInputs } from '../../src/contract/deployment-info.ts'
import type { LoggedPrediction } from '../../src/contract/prediction-log-contract.ts'
import { amountText, shareText } from '../results/format-amounts.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Switch } from '../ui/switch.tsx'
import { rateText } from './rate-text.ts'
import { RecordDetails } from './record-details.tsx'
import { usePredictionLog } from './use-prediction-log.ts'

interface PredictionLogProps {
  name: string
  inputs: DeploymentInputs | null
}

/** What the endpoint was asked and answered, the newest first. */
export function PredictionLog({ name, inputs }: PredictionLogProps) {
  const [text, setText] = useState('')
  const [isFollowing, setFollowing] = useState(true)
  const wanted = useDeferredValue(text.trim())
  const { records, next, error, readOlder } = usePredictionLog(name, {
    filter: wanted === '' ? {} : { text: wanted },
    isFollowing,
  })
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-4 px-6 py-3">
        <SearchField
          label="Find an id, an answer or a value"
          className="w-80"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <label className="flex items-center gap-2 text-ink-soft">
          <Switch label="Follow" checked={isFollowing} onChange={setFollowing} />
          Show new ones as they come
        </label>
      </div>
      {error && (
        <p role="status" className="px-6 pb-2 text-bad">
          {error.message} {error.remedy}
        </p>
      )}
      {records === null ? (
        !error && (
          <div className="p-6">
            <Spinner label="Reading the log" />
          </div>
        )
      ) : records.length === 0 ? (
        <EmptyState title={wanted === '' ? 'Nothing is logged yet' : 'No record is like that'}>
          {wanted === '' && 'Every answered request stands here a moment later.'}
        </EmptyState>
      ) : (
        <ScrollRegion label="Predictions" className="selectable min-h-0 flex-1 px-6 pb-6">
          <Records records={records} name={name} inputs={inputs} />
          {next !== null && (
            <Button className="mt-3" onClick={readOlder}>
              Show older ones
            </Button>
          )}
        </ScrollRegion>
      )}
    </div>
  )
}

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'medium' })

function Records({ records, ...about }: PredictionLogProps & { records: readonly LoggedPrediction[] }) {
  const [open, setOpen] = useState<string | null>(null)
  return (
    <table className="w-full border-collapse text-xs">
      <caption className="sr-only">Predictions, the newest first</caption>
      <thead className="sticky top-0 bg-paper text-left text-ink-faint">
        <tr>
          {['Time', 'Answer', 'Probability', 'Version', 'Took', 'Truth'].map((title) => (
            <th key={title} scope="col" className="px-2 py-1.5 font-medium">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((record) => {
          const isOpen = record.predictionId === open
          return (
            <Fragment key={record.predictionId}>
              <tr className="border-t border-line hover:bg-hover">
                <td className="px-2 py-1 tabular">
                  <button
                    type="button"
                    aria-expanded={isOpen}
                    className="inline-flex h-6 items-center gap-1"
                    onClick={() => setOpen(isOpen ? null : record.predictionId)}
                  >
                    {isOpen ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
                    {time.format(record.at)}
                  </button>
                </td>
                <td className="px-2 py-1 font-medium">
                  {answerText(record.answer)} {record.isFallback && <Badge tone="warn">fallback</Badge>}
                </td>
                <td className="px-2 py-1 tabular">{probabilityOf(record)}</td>
                <td className="px-2 py-1">
                  {record.model}, {record.version}
                </td>
                <td className="px-2 py-1 tabular">{rateText(record.latencyMs)} ms</td>
                <td className="px-2 py-1">{truthText(record)}</td>
              </tr>
              {isOpen && (
                <tr>
                  <td colSpan={6} className="bg-raised px-4 py-3">
                    <RecordDetails record={record} {...about} />
                  </td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

/** Of the class that was answered. */
function probabilityOf({ answer, probabilities }: LoggedPrediction): string {
  const found = probabilities?.find(({ class: name }) => name === answer)
  return found ? shareText(found.probability) : ''
}

function truthText({ feedback }: LoggedPrediction): string {
  if (!feedback) return ''
  if (feedback.label !== null) return String(feedback.label)
  if (feedback.isRight !== null) return feedback.isRight ? 'right' : 'wrong'
  return feedback.score === null ? '' : amountText(feedback.score)
}

function answerText(answer: string | number | null): string {
  if (answer === null) return 'no number'
  return typeof answer === 'number' ? amountText(answer) : answer
}
