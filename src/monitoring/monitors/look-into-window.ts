import type { MonitoredColumn } from '../../contract/monitoring-contract.ts'
import type { ReportData } from '../../core/artifacts.ts'
import type { ComparedColumn } from '../../core/drift-content.ts'
import type { FullWindowRecord, MonitorRecords } from '../../storage/monitors.ts'
import type { ColumnType } from '../../core/columns.ts'
import { compareColumn } from '../../stats/compare-column.ts'
import type { ColumnValues } from '../../stats/prepared-column.ts'
import { preparedReference } from './samples-against.ts'
import { defaultDriftSettings } from '../../stats/drift-settings.ts'
import { driftReport } from '../../stats/drift-report.ts'
import type { LogFiles } from './log-files.ts'
import { comparedAnswers, settingsOf } from './measure-drift.ts'
import { readLoggedRows } from './read-logged-rows.ts'
import { readWindow } from './read-window.ts'
import { someRows, type RowView } from './row-view.ts'
import { placesIn } from './segment-values.ts'
import type { WatchCalls, WindowRequest } from './watch-messages.ts'
import { saysSomething } from './stored-truths.ts'
import { whyUnwatched } from './watched-columns.ts'
import type { KnownYardstick, Yardsticks } from './yardsticks.ts'

export interface Looking {
  files: LogFiles
  records: MonitorRecords
  yardsticks: Yardsticks
}

interface Seen {
  view: RowView
  ids: readonly string[]
  window: FullWindowRecord
  yardstick: KnownYardstick
}

async function see(
  { deployment, version, from }: WindowRequest,
  { files, records, yardsticks }: Looking,
): Promise<Seen | null> {
  const window = records.window(deployment.number, { version, from })
  const rows = window && (await readWindow(files, window.parts))
  const yardstick = window && (await yardsticks.of(window.artifact, deployment))
  return rows && yardstick ? { ...rows.view(), window, yardstick } : null
}

const gone = { outcome: 'none', reason: 'The rows of this window are no longer in the log.' } as const
const noReference = {
  outcome: 'none',
  reason: 'There are no rows that the model was trained on to compare with.',
} as const

/** Both distributions of a column, or of the answers. */
export async function lookAtColumn(
  request: Parameters<WatchCalls['column']>[0],
  looking: Looking,
): Promise<MonitoredColumn> {
  const seen = await see(request, looking)
  if (!seen) return gone
  const { view, yardstick } = seen
  const { segment, column: name } = request
  const reference = segment ? yardstick.reference?.part(segment) : yardstick.reference
  if (!reference) return noReference
  const part = segment ? someRows(view, placesIn(view, segment, yardstick.reference)) : view
  const own = part.columns.get(name)
  const sides: { type: ColumnType; before: ColumnValues | null | undefined; now: ColumnValues | null } =
    own || name !== 'prediction'
      ? {
          type: own?.type ?? 'text',
          before: reference.trained.columns.get(name)?.values,
          now: own?.values ?? null,
        }
      : answersOf(part, { reference: reference.heldOut, positive: yardstick.kind.positive })
  if (!sides.before || !sides.now)
    return {
      outcome: 'none',
      reason: `The values of “${name}” are not compared: there are too many different ones.`,
    }
  const compared = compareColumn(
    { name, type: sides.type },
    { reference: sides.before, current: sides.now },
    { ...defaultDriftSettings, numberMethod: 'total-variation', categoryMethod: 'total-variation' },
  )
  const { distribution, missing } = compared
  return {
    outcome: 'shown',
    type: sides.type,
    rows: { reference: reference.trainedRows, current: part.rows },
    missing: {
      reference: reference.columns.get(name)?.missing ?? missing.reference,
      current: missing.current,
    },
    distribution: distribution
      ? {
          edges: distribution.edges ?? null,
          values: distribution.values ?? null,
          reference: distribution.reference,
          current: distribution.current,
        }
      : null,
  }
}

function answersOf(
  view: RowView,
  { reference, positive }: { reference: RowView; positive: number | null },
): { type: ColumnType; before: ColumnValues | null; now: ColumnValues | null } {
  const now = comparedAnswers(view, positive)
  return {
    type: now instanceof Float64Array ? 'number' : 'text',
    before: comparedAnswers(reference, positive),
    now,
  }
}

/** The rows of a window or of a segment of it, the newest first. */
export async function lookAtRows(
  request: Parameters<WatchCalls['rows']>[0],
  looking: Looking,
): Promise<ReturnType<WatchCalls['rows']>> {
  const seen = await see(request, looking)
  if (!seen) return null
  const { view, ids, yardstick, window } = seen
  const { segment, limit, after } = request
  const places = segment ? placesIn(view, segment, yardstick.reference) : Array.from(ids.keys())
  const newest = places.toReversed()
  const shown = newest.slice(after, after + limit)
  const records = await readLoggedRows(looking.files, {
    parts: window.parts,
    ids: shown.map((place) => ids[place]!),
    truths: new Map(window.truths.filter(saysSomething).map((truth) => [ids[truth[0]]!, truth])),
    classes: yardstick.kind.classes,
  })
  const end = after + shown.length
  return { records, rows: newest.length, next: end < newest.length ? end : null }
}

/** A drift report of a window, judged as its points are. */
export async function reportWindow(request: WindowRequest, looking: Looking): Promise<ReportData | null> {
  const seen = await see(request, looking)
  const reference = seen?.yardstick.reference
  if (!reference) return null
  const { spec } = request.deployment
  const compared = [...seen.view.columns].flatMap(([name, { type, values }]): ComparedColumn[] => {
    const trained = reference.trained.columns.get(name)
    if (!trained || whyUnwatched(name, spec, reference) !== null) return []
    const found = compareColumn(
      { name, type },
      { reference: preparedReference(trained.values), current: values },
      { ...defaultDriftSettings, byColumn: { [name]: settingsOf(type, spec.columns[name]) } },
    )
    return [{ ...found, rows: { ...found.rows, reference: reference.trainedRows } }]
  })
  return driftReport(compared, spec).data
}
