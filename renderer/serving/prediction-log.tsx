import { useDeferredValue, useState } from 'react'
import type { DeploymentInputs } from '../../src/contract/deployment-info.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Switch } from '../ui/switch.tsx'
import { PredictionRecords } from './prediction-records.tsx'
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
          <PredictionRecords records={records} name={name} inputs={inputs} />
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
