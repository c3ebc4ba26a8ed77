import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { DeploymentInputs } from '../../src/contract/deployment-info.ts'
import type { LoggedPrediction } from '../../src/contract/prediction-log-contract.ts'
import { amountText, shareText } from '../results/format-amounts.ts'
import { Badge } from '../ui/badge.tsx'
import { rateText } from './rate-text.ts'
import { RecordDetails } from './record-details.tsx'

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'medium' })

interface PredictionRecordsProps {
  /** Of the endpoint. */
  name: string
  inputs: DeploymentInputs | null
  records: readonly LoggedPrediction[]
}

/** Logged predictions as a table; each opens. */
export function PredictionRecords({ records, ...about }: PredictionRecordsProps) {
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
              <tr
                className="border-t border-line hover:bg-hover"
                onClick={() => setOpen(isOpen ? null : record.predictionId)}
              >
                <td className="px-2 py-1 tabular">
                  <button type="button" aria-expanded={isOpen} className="inline-flex h-6 items-center gap-1">
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
