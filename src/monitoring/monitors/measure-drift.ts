import { defaultDriftSettings, type ColumnDriftSettings } from '../../stats/drift-settings.ts'
import type { ColumnType } from '../../core/columns.ts'
import { numberMethods, type DriftMethod } from '../../core/drift-methods.ts'
import type { MonitorSpec, WatchedColumn } from '../../core/monitor.ts'
import { measureColumnDrift, type ColumnDrift } from '../../stats/column-drift.ts'
import type { ColumnSamples } from '../../stats/column-samples.ts'
import type { ColumnValues } from '../../stats/prepared-column.ts'
import { adjustForFalseDiscovery } from '../../stats/false-discovery.ts'
import type { Reference } from './reference.ts'
import type { RowView } from './row-view.ts'
import { samplesAgainst } from './samples-against.ts'
import { whyUnwatched } from './watched-columns.ts'

/** How far a column of a window is from the reference. More is worse: of a test the value is 1 − p. */
export interface MeasuredDrift {
  column: string
  method: DriftMethod
  value: number
  limit: number
  isBeyond: boolean
}

export function measureDrift(view: RowView, reference: Reference, spec: MonitorSpec): MeasuredDrift[] {
  const measured = [...view.columns].flatMap(([name, { type, values }]) => {
    const trained = reference.trained.columns.get(name)
    if (!trained || whyUnwatched(name, spec, reference) !== null) return []
    const samples = samplesAgainst(trained.values, values)
    if (!samples) return []
    const settings = settingsOf(type, spec.columns[name])
    return [{ column: name, drift: driftOf(samples, { ...settings, rows: reference.trainedRows }) }]
  })
  return spec.adjust ? adjusted(measured) : measured.map(asMeasured)
}

/** Of the answers: of the probability of the positive class where there are two, else of the classes or numbers. */
export function measureAnswerDrift(
  view: RowView,
  { reference, positive }: { reference: Reference; positive: number | null },
): MeasuredDrift | null {
  const before = comparedAnswers(reference.heldOut, positive)
  const now = comparedAnswers(view, positive)
  const samples = before && now && samplesAgainst(before, now)
  if (!samples) return null
  return asMeasured({ column: 'prediction', drift: driftOf(samples, { rows: reference.heldOut.rows }) })
}

const probabilitiesOf = new WeakMap<RowView, Float64Array>()

/** The column that stands for the answers; the same object for the same rows. */
export function comparedAnswers(view: RowView, positive: number | null): ColumnValues | null {
  const { probabilities, rows } = view
  if (positive === null || !probabilities) return view.answers
  const known = probabilitiesOf.get(view)
  if (known) return known
  const made = Float64Array.from({ length: rows }, (_, row) => probabilities[row * 2 + positive]!)
  probabilitiesOf.set(view, made)
  return made
}

/** A method that a column of this type does not have is as good as none. */
export function settingsOf(type: ColumnType, own: WatchedColumn | undefined): ColumnDriftSettings {
  const isCategory = type === 'text' || type === 'boolean'
  const method = own?.method ?? 'auto'
  const isFit =
    method !== 'auto' &&
    (isCategory
      ? method !== 'wasserstein' && method !== 'kolmogorov-smirnov'
      : (numberMethods as readonly string[]).includes(method))
  return {
    ...(isFit && { method }),
    ...(own?.limit != null && { limit: own.limit }),
  }
}

function driftOf(
  samples: ColumnSamples,
  { method, limit, rows }: ColumnDriftSettings & { rows: number },
): ColumnDrift {
  return measureColumnDrift(samples, {
    referenceRows: rows,
    mostChance: defaultDriftSettings.mostChance,
    ...(method && { method }),
    ...(limit !== undefined && { significance: limit, distanceLimit: limit }),
  })
}

interface Found {
  column: string
  drift: ColumnDrift
}

function asMeasured({ column, drift: { method, score, pValue, threshold, drifted } }: Found): MeasuredDrift {
  return pValue === undefined
    ? { column, method, value: score, limit: threshold, isBeyond: drifted }
    : { column, method, value: 1 - pValue, limit: 1 - threshold, isBeyond: drifted }
}

function adjusted(measured: readonly Found[]): MeasuredDrift[] {
  const tested = measured.filter(({ drift }) => drift.pValue !== undefined)
  const raised = adjustForFalseDiscovery(tested.map(({ drift }) => drift.pValue!))
  return measured.map((found) => {
    const at = tested.indexOf(found)
    if (at < 0) return asMeasured(found)
    const { threshold } = found.drift
    return asMeasured({
      ...found,
      drift: { ...found.drift, pValue: raised[at]!, drifted: raised[at]! < threshold },
    })
  })
}
