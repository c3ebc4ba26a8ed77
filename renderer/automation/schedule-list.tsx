import { Play } from 'lucide-react'
import type { ScheduleInfo } from '../../src/contract/automation-contract.ts'
import { useClient } from '../api/client.ts'
import { momentText } from '../results/format-amounts.ts'
import { useAppStore } from '../state/store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Switch } from '../ui/switch.tsx'
import { OccurrenceList } from './occurrence-list.tsx'
import { useSchedules } from './use-schedules.ts'

/** What starts a pipeline (or any of the workspace) by itself: next times, switches, and what became of it. */
export function ScheduleList({ pipelinePath = null }: { pipelinePath?: string | null }) {
  const { data, error, lookAgain } = useSchedules(pipelinePath)
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Reading the schedules" />
      </div>
    )
  }
  const { schedules, occurrences, isWatched } = data
  if (schedules.length === 0)
    return (
      <EmptyState title="Nothing starts by itself">
        The section “automation” of a pipeline file says when it runs: by the clock, for a file in a folder,
        at a call, or after another pipeline.
      </EmptyState>
    )
  return (
    <div className="selectable flex flex-col gap-5 p-6">
      {!isWatched && schedules.some(({ isOn }) => isOn) && (
        <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          Nothing starts by itself in this host: leave the app, or `pipewright watch`, running.
        </p>
      )}
      <ul aria-label="Schedules" className="flex flex-col gap-3">
        {schedules.map((schedule) => (
          <ScheduleRow
            key={`${schedule.path} ${schedule.name}`}
            schedule={schedule}
            isNamed={pipelinePath === null}
            onDone={lookAgain}
          />
        ))}
      </ul>
      {occurrences.length > 0 && <OccurrenceList occurrences={occurrences} />}
    </div>
  )
}

interface ScheduleRowProps {
  schedule: ScheduleInfo
  isNamed: boolean
  onDone: () => void
}

function ScheduleRow({ schedule, isNamed, onDone }: ScheduleRowProps) {
  const client = useClient()
  const store = useAppStore()
  const { path, pipelineName, name, words, isOn, next, problem } = schedule
  const tell = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
      onDone()
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <li className="flex items-start gap-3 rounded-lg border border-line bg-surface p-4">
      <Switch
        label={`Switch “${name}”`}
        checked={isOn}
        disabled={problem !== null && !isOn}
        onChange={(on) => void tell(client.automation.switch({ path, name, isOn: on }))}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{isNamed ? `${pipelineName}: ${name}` : name}</span>
          <span className="text-ink-soft">{words}</span>
        </p>
        {problem !== null && <p className="text-bad">{problem}</p>}
        {isOn && next.length > 0 && (
          <p className="text-xs text-ink-faint tabular">Next: {next.map(momentText).join(', ')}</p>
        )}
      </div>
      <IconButton
        label={`Run “${name}” now`}
        onClick={() => void tell(client.automation.runNow({ path, name }))}
      >
        <Play size={15} aria-hidden />
      </IconButton>
    </li>
  )
}
