import { useState } from 'react'
import type { RetrainingJob } from '../../src/contract/retraining-contract.ts'
import { useClient } from '../api/client.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'

interface JobActionsProps {
  job: RetrainingJob
  /** The newest of its deployment: what an older one has promoted does not answer any more. */
  isNewest: boolean
  onDone: () => void
}

/** What somebody can say about a job as it is now. */
export function JobActions({ job, isNewest, onDone }: JobActionsProps) {
  const client = useClient()
  const store = useAppStore()
  const [note, setNote] = useState('')
  const { number, step, outcome, champion } = job
  const say = async (word: 'approve' | 'reject' | 'cancel' | 'rollBack'): Promise<void> => {
    try {
      await client.retraining[word]({ job: number, note })
      setNote('')
      onDone()
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  const isWaiting = step === 'approve'
  const canEnd = outcome === null && step !== 'probation' && !isWaiting
  const canComeBack = isNewest && champion !== null && (step === 'probation' || outcome === 'promoted')
  if (!isWaiting && !canEnd && !canComeBack) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!canEnd && (
        <div className="w-64">
          <TextField
            aria-label="Why"
            placeholder="Why (kept with the job)"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      )}
      {isWaiting && (
        <>
          <Button tone="accent" onClick={() => void say('approve')}>
            Approve
          </Button>
          <Button onClick={() => void say('reject')}>Reject</Button>
        </>
      )}
      {canEnd && <Button onClick={() => void say('cancel')}>Cancel</Button>}
      {canComeBack && <Button onClick={() => void say('rollBack')}>Put version {champion} back</Button>}
    </div>
  )
}
