import type { FullWindowRecord, MonitorRecords, StoredTruth, WindowRecord } from '../../storage/monitors.ts'
import { createLabelBook } from './label-book.ts'
import { createLogFiles, type LogFile, type LogFiles } from './log-files.ts'
import { measureLabels, measureWindow, type Yardstick } from './measure-window.ts'
import { createFeedbackReader } from './read-new-feedback.ts'
import { readWindow } from './read-window.ts'
import { asTruths } from './stored-truths.ts'
import { createVersionWatch, type ClosedWindow, type VersionWatch } from './version-watch.ts'
import type { Measured, MeasuredRecord, MeasureRequest, WatchedDeployment } from './watch-messages.ts'
import type { Yardsticks } from './yardsticks.ts'

/** Measures one deployment, going on from where it was the last time. */
export interface DeploymentWatch {
  readonly files: LogFiles
  measure(request: MeasureRequest): Promise<Measured>
}

export interface WatchParts {
  records: MonitorRecords
  yardsticks: Yardsticks
  secret: string
}

/** Windows that are measured in one go: what the host stores at once. */
const mostWindows = 20
/** Windows that labels may still come for. */
const mostKnown = 10_000
/** Where what was said was read to is kept beside the versions, under no version. */
const saidCursor = ''

export function createDeploymentWatch(
  { number, folder }: Pick<WatchedDeployment, 'number' | 'folder'>,
  { records, yardsticks, secret }: WatchParts,
): DeploymentWatch {
  const files = createLogFiles(folder)
  const cursors = records.cursors(number)
  const windows = records.windows(number, mostKnown).toReversed()
  const versions = new Map<string, VersionWatch>()
  const labels = createLabelBook({ secret, deployment: number })
  const said = createFeedbackReader(
    folder,
    JSON.parse(cursors.get(saidCursor) ?? '{}') as Record<string, number>,
  )
  let toldPosition = cursors.get(saidCursor) ?? '{}'

  const watchOf = (version: string, { model: { artifact } }: LogFile): VersionWatch => {
    const known = versions.get(version)
    if (known) return known
    const made = createVersionWatch({
      artifact,
      cursor: cursors.get(version) ?? null,
      lastFrom: windows.findLast((window) => window.version === version)?.from ?? 0,
    })
    versions.set(version, made)
    return made
  }
  const closedRecord = (
    version: string,
    closed: ClosedWindow,
    {
      watch,
      yardstick,
      deployment,
    }: { watch: VersionWatch; yardstick: Yardstick; deployment: WatchedDeployment },
  ): MeasuredRecord => {
    const { from, to, rows, parts } = closed
    const { view, ids } = rows.view()
    const truths = labels.claim(ids)
    const { firstAt, lastAt } = rows
    const { artifact } = watch
    const window = {
      version,
      artifact,
      from,
      to,
      firstAt,
      lastAt,
      rows: rows.rows,
      labelled: asTruths(truths).count,
      parts,
      truths,
    }
    const measured = { version, from, to, view, truths: asTruths(truths) }
    return { window, points: measureWindow(measured, yardstick, deployment.spec) }
  }
  const relabel = async (
    key: WindowRecord,
    ids: readonly string[],
    deployment: WatchedDeployment,
  ): Promise<MeasuredRecord | null> => {
    const window = records.window(number, key)
    const rows = window && (await readWindow(files, window.parts))
    const yardstick = await yardsticks.of(key.artifact, deployment)
    if (!window || !rows || !yardstick) return null
    const { view, ids: all } = rows.view()
    const wanted = new Set(ids)
    const truths = merged(window.truths, labels.claim(all.map((id) => (wanted.has(id) ? id : ''))))
    if (!truths) return null
    const { version, from, to } = window
    const measured = { version, from, to, view, truths: asTruths(truths) }
    const relabelled: FullWindowRecord = { ...window, labelled: asTruths(truths).count, truths }
    return { window: relabelled, points: measureLabels(measured, yardstick, deployment.spec) }
  }

  return {
    files,
    async measure({ deployment, until }) {
      const outcome: Measured = {
        closed: [],
        relabelled: [],
        cursors: [],
        wanted: [],
        open: [],
        isMore: false,
      }
      for await (const one of said.read()) labels.take(one)
      const found = await files.byVersion(oldestOf(versions))
      for (const [version, own] of found) {
        const watch = watchOf(version, own.at(-1)!)
        const yardstick = await yardsticks.of(watch.artifact, deployment)
        if (!yardstick) {
          outcome.wanted.push(watch.artifact)
          continue
        }
        const room = mostWindows - outcome.closed.length
        const closing = watch.advance(own, { spec: deployment.spec, until })
        for (let count = 0; count < room; count++) {
          const { value: closed } = await closing.next()
          if (!closed) break
          const record = closedRecord(version, closed, { watch, yardstick, deployment })
          outcome.closed.push(record)
          outcome.cursors = [
            ...outcome.cursors.filter(([other]) => other !== version),
            [version, closed.cursor],
          ]
          const { parts: _, truths: __, ...window } = record.window
          windows.push(window)
        }
        await closing.return(undefined)
        if (watch.open) outcome.open.push({ version, ...watch.open })
        outcome.isMore = outcome.closed.length >= mostWindows
        if (outcome.isMore) return outcome
      }
      await measureLate(outcome, deployment)
      const position = JSON.stringify(labels.firstPosition ?? said.position)
      if (position !== toldPosition) outcome.cursors.push([saidCursor, position])
      toldPosition = position
      return outcome
    },
  }

  async function measureLate(outcome: Measured, deployment: WatchedDeployment): Promise<void> {
    if (labels.size === 0) return
    const late = labels.late(windows)
    for (const [key, ids] of late) {
      if (outcome.relabelled.length === mostWindows) {
        outcome.isMore = true
        return
      }
      const record = await relabel(key, ids, deployment)
      if (record) outcome.relabelled.push(record)
    }
    // What is in none of them was not logged.
    for (const ids of late.values()) labels.drop(ids)
  }
}

const oldestOf = (versions: ReadonlyMap<string, VersionWatch>): number =>
  versions.size === 0 ? 0 : Math.min(...[...versions.values()].map(({ since }) => since))

/** Null where nothing is new. */
function merged(before: readonly StoredTruth[], came: readonly StoredTruth[]): StoredTruth[] | null {
  const byPlace = new Map(before.map((truth) => [truth[0], truth]))
  let isNew = false
  for (const truth of came) {
    const known = byPlace.get(truth[0])
    if (known && known[1] >= truth[1]) continue
    byPlace.set(truth[0], truth)
    isNew = true
  }
  return isNew ? [...byPlace.values()].toSorted(([a], [b]) => a - b) : null
}
