import { useEffect, useState } from 'react'
import { useClient } from '../api/client.ts'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import type { SelectedNode } from './selected-node.ts'
import { ScrollRegion } from '../ui/scroll-region.tsx'

interface LogLine {
  at: number
  text: string
}

const pauseMs = 500
const mostLines = 2000
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

/** What the step said while it ran; grows while it runs. */
export function LogsTab({ selected: { id, run, step } }: { selected: SelectedNode }) {
  const isLive = step?.state === 'running' || step?.state === 'queued' || step?.state === 'waiting'
  const { lines, error, isRead } = useLogs(run?.id ?? null, id, isLive)
  const notes = (step?.notes ?? []).filter(({ message }) => !lines.some(({ text }) => text.includes(message)))
  if (!run || !step) return <EmptyState title="No log yet">A log is written while the node runs.</EmptyState>
  if (error)
    return (
      <EmptyState title={error.message}>
        <span role="alert">{error.remedy}</span>
      </EmptyState>
    )
  if (!isRead && lines.length === 0) {
    return (
      <div className="p-3">
        <Spinner label="Reading the log" />
      </div>
    )
  }
  if (lines.length === 0 && notes.length === 0)
    return <EmptyState title="It said nothing">The step ran without anything to tell.</EmptyState>
  return (
    <ScrollRegion role="log" label="Log" className="selectable h-full p-3 text-xs">
      <ol className="flex flex-col gap-1">
        {notes.map(({ level, message, at }) => (
          <li key={`${at} ${message}`} className={level === 'warning' ? 'text-warn' : undefined}>
            <Line at={at} text={message} />
          </li>
        ))}
        {lines.map(({ at, text }, index) => (
          <li key={index} className={/^(?:WARN|warning)/.test(text) ? 'text-warn' : 'text-ink-soft'}>
            <Line at={at} text={text} />
          </li>
        ))}
      </ol>
    </ScrollRegion>
  )
}

function Line({ at, text }: LogLine) {
  return (
    <span className="flex gap-3">
      <time className="shrink-0 text-ink-faint tabular">{time.format(at)}</time>
      <span className="min-w-0 break-words whitespace-pre-wrap">{text}</span>
    </span>
  )
}

interface Logs {
  lines: readonly LogLine[]
  error: ErrorReport | null
  /** The log was read to its end once. */
  isRead: boolean
}

function useLogs(run: string | null, node: string, isLive: boolean): Logs {
  const client = useClient()
  const [logs, setLogs] = useState<Logs>({ lines: [], error: null, isRead: false })
  useEffect(() => {
    if (run === null) return
    const reading = new AbortController()
    const { signal } = reading
    setLogs({ lines: [], error: null, isRead: false })
    const read = async (): Promise<void> => {
      let after = 0
      for (;;) {
        const { lines, next, isEnd } = await client.runs.logs({ run, node, after }, { signal })
        after = next
        if (lines.length > 0 || isEnd)
          setLogs((was) => ({
            lines: [...was.lines, ...lines].slice(-mostLines),
            error: null,
            isRead: was.isRead || isEnd,
          }))
        if (!isEnd) continue
        if (!isLive) return
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        signal.throwIfAborted()
      }
    }
    read().catch((error: unknown) => {
      if (!signal.aborted) setLogs((was) => ({ ...was, error: reportOf(error) }))
    })
    return () => reading.abort()
  }, [client, run, node, isLive])
  return logs
}
