import type { Workspace } from '../storage/open-workspace.ts'
import {
  hashOfLogState,
  markOf,
  readLogState,
  stateAtMark,
  type LogMark,
  type LogState,
} from '../storage/log-state.ts'
import type { FileSource } from './source-files.ts'
import type { RunStep } from './run-steps.ts'
import type { StoredIngredients } from './step-key.ts'

type Logs = Readonly<Record<string, LogState | null>>

/** The logs that a source reads, as they are now; undefined for what reads none. */
export async function logsOf(
  { definition, params }: Pick<FileSource, 'definition' | 'params'>,
  workspace: Workspace,
): Promise<Logs | undefined> {
  const names = definition.logs?.(params)
  if (!names) return undefined
  const states = [...names].map(async (name) => [name, await readLogState(workspace, name)] as const)
  return Object.fromEntries(await Promise.all(states))
}

/** The steps with the logs that they read: what is written later is not read by this run. */
export function withLogs(steps: readonly RunStep[], workspace: Workspace): Promise<readonly RunStep[]> {
  return Promise.all(
    steps.map(async (step) => {
      const logs = await logsOf(step, workspace)
      return logs ? { ...step, logs } : step
    }),
  )
}

const noLog = 'none'

export const hashesOfLogs = (logs: Logs): Record<string, string> =>
  mapped(logs, (state) => (state ? hashOfLogState(state) : noLog))

/** All that the columns of a log depend on. */
export const modelsOfLogs = (logs: Logs): Record<string, string> =>
  mapped(logs, (state) => state?.model ?? noLog)

export function marksOfLogs(logs: Logs): Record<string, LogMark> {
  const now = Date.now()
  return Object.fromEntries(
    Object.entries(logs).flatMap(([name, state]) => (state ? [[name, markOf(state, now)]] : [])),
  )
}

/** The logs as a step has read them, where no file was retired since. */
export function logsAtMarks(logs: Logs, { logs: hashes = {}, logMarks = {} }: StoredIngredients): Logs {
  return Object.fromEntries(
    Object.entries(logs).map(([name, state]) => {
      const mark = logMarks[name]
      if (hashes[name] === noLog) return [name, null]
      return [name, state && mark ? stateAtMark(state, mark) : state]
    }),
  )
}

const mapped = <Value>(logs: Logs, value: (state: LogState | null) => Value): Record<string, Value> =>
  Object.fromEntries(Object.entries(logs).map(([name, state]) => [name, value(state)]))
