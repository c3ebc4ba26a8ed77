import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Clock,
  LoaderCircle,
  SkipForward,
  Zap,
} from 'lucide-react'
import type { NodeState } from './node-status.ts'

const words: Readonly<Record<NodeState, string>> = {
  idle: '',
  stale: 'Changed since it ran',
  waiting: 'Waiting',
  queued: 'Queued',
  running: 'Running',
  cached: 'Unchanged: the result of before was used',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  cancelled: 'Stopped',
}

/** How a step went, as a picture with a word for screen readers. */
export function StateMark({ state, size = 16 }: { state: NodeState; size?: number }) {
  if (state === 'idle') return null
  return (
    <span className="state-mark shrink-0" data-state={state} title={words[state]}>
      <Picture state={state} size={size} />
      <span className="sr-only">{words[state]}</span>
    </span>
  )
}

function Picture({ state, size }: { state: Exclude<NodeState, 'idle'>; size: number }) {
  switch (state) {
    case 'stale':
      return <CircleDashed size={size} aria-hidden />
    case 'waiting':
    case 'queued':
      return <Clock size={size} aria-hidden />
    case 'running':
      return <LoaderCircle size={size} className="spinner" aria-hidden />
    case 'cached':
      return <Zap size={size} aria-hidden />
    case 'done':
      return <CircleCheck size={size} aria-hidden />
    case 'failed':
      return <CircleAlert size={size} aria-hidden />
    case 'skipped':
      return <SkipForward size={size} aria-hidden />
    case 'cancelled':
      return <CirclePause size={size} aria-hidden />
  }
}
