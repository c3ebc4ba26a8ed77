import type { MonitorMetric, QualityMetric } from '../../core/monitor-metrics.ts'
import type { MonitorPoint, MonitorSpec, Segment } from '../../core/monitor.ts'
import { expectedAccuracy, type Calibration } from './expected-accuracy.ts'
import { judgeQuality, limitOf } from './judge-quality.ts'
import { measureBusiness } from './measure-business.ts'
import { measureAnswerDrift, measureDrift } from './measure-drift.ts'
import { measureQuality, type AnswerKind, type MeasuredQuality } from './measure-quality.ts'
import { qualityInterval } from './quality-interval.ts'
import type { Reference } from './reference.ts'
import { isGap, someRows, type RowView } from './row-view.ts'
import { placesIn, segmentsIn } from './segment-values.ts'
import type { Truths } from './truths.ts'

/** What a version is measured against. */
export interface Yardstick {
  kind: AnswerKind
  reference: Reference | null
  calibration: Calibration | null
  /** On the held-out rows. */
  quality: readonly MeasuredQuality[]
}

export interface MeasuredWindow {
  version: string
  from: number
  to: number
  view: RowView
  truths: Truths
}

/** All points of a window: of all of its rows, and of each segment. */
export function measureWindow(
  window: MeasuredWindow,
  yardstick: Yardstick,
  spec: MonitorSpec,
): MonitorPoint[] {
  return overParts(window, { yardstick, spec }, (part) => [
    ...driftPoints(part),
    ...gapPoints(part),
    ...expectedPoints(part),
    ...qualityPoints(part),
    ...businessPoints(part, 'predictions'),
  ])
}

/** What changes with labels that come late. */
export function measureLabels(
  window: MeasuredWindow,
  yardstick: Yardstick,
  spec: MonitorSpec,
): MonitorPoint[] {
  return overParts(window, { yardstick, spec }, qualityPoints)
}

interface Part extends MeasuredWindow {
  segment: Segment | null
  yardstick: Yardstick
  spec: MonitorSpec
}

function overParts(
  window: MeasuredWindow,
  { yardstick, spec }: { yardstick: Yardstick; spec: MonitorSpec },
  measure: (part: Part) => MonitorPoint[],
): MonitorPoint[] {
  const whole = { ...window, segment: null, yardstick, spec }
  const { view, truths } = window
  const { reference } = yardstick
  const segments = spec.segments.flatMap((column) => segmentsIn(view, column, reference))
  return [
    ...measure(whole),
    ...segments.flatMap((segment) => {
      const places = placesIn(view, segment, reference)
      const part = reference?.part(segment) ?? null
      return measure({
        ...whole,
        segment,
        view: someRows(view, places),
        truths: truths.some(places),
        yardstick: {
          ...yardstick,
          reference: part,
          quality: part?.isHeldOut ? measureQuality(part.heldOut, part.truths, yardstick.kind) : [],
        },
      })
    }),
  ]
}

function pointOf(
  { segment, version, from, to, view }: Part,
  metric: MonitorMetric,
  value: Partial<MonitorPoint> & { value: number },
): MonitorPoint {
  return {
    metric,
    column: null,
    segment,
    version,
    from,
    to,
    rows: view.rows,
    low: null,
    high: null,
    reference: null,
    limit: null,
    isBeyond: false,
    method: null,
    ...value,
  }
}

function driftPoints(part: Part): MonitorPoint[] {
  const { view, yardstick, spec } = part
  const { reference, kind } = yardstick
  if (!reference) return []
  const columns = measureDrift(view, reference, spec)
  const answers = measureAnswerDrift(view, { reference, positive: kind.positive })
  const share = columns.length === 0 ? 0 : columns.filter(({ isBeyond }) => isBeyond).length / columns.length
  return [
    ...(columns.length === 0
      ? []
      : [pointOf(part, 'drift-share', { value: share, limit: spec.share, isBeyond: share >= spec.share })]),
    ...columns.map((drift) => pointOf(part, 'column-drift', drift)),
    ...(answers ? [pointOf(part, 'prediction-drift', { ...answers, column: null })] : []),
  ]
}

/** Points by which a share may grow before it is told, and standard errors. */
const gapMargin = 0.05
const gapErrors = 3

/** Missing values, and texts that no training row had: limits are what was usual, a margin, and chance. */
function gapPoints(part: Part): MonitorPoint[] {
  const { view, yardstick, spec } = part
  return [...view.columns].flatMap(([column, { values }]) => {
    const known = yardstick.reference?.columns.get(column)
    if (spec.columns[column]?.isIgnored) return []
    let [missing, unseen] = [0, 0]
    for (const value of values) {
      if (isGap(value)) missing += 1
      else if (known?.known && !known.known.has(String(value))) unseen += 1
    }
    const present = values.length - missing
    const points: MonitorPoint[] = []
    if (missing > 0 || (known?.missing ?? 0) > 0)
      points.push(
        gapPoint(part, 'missing-share', { column, hits: missing, of: values.length, usual: known?.missing }),
      )
    if (known?.known && present > 0)
      points.push(gapPoint(part, 'unseen-share', { column, hits: unseen, of: present, usual: known.singles }))
    return points
  })
}

function gapPoint(
  part: Part,
  metric: 'missing-share' | 'unseen-share',
  { column, hits, of, usual }: { column: string; hits: number; of: number; usual: number | undefined },
): MonitorPoint {
  const value = hits / of
  if (usual === undefined) return pointOf(part, metric, { column, value, rows: of })
  const limit = usual + Math.max(gapMargin, gapErrors * Math.sqrt((usual * (1 - usual)) / of))
  return pointOf(part, metric, { column, value, rows: of, reference: usual, limit, isBeyond: value > limit })
}

/** Only of confidence that was found to be worth its number. */
function expectedPoints(part: Part): MonitorPoint[] {
  const { view, yardstick, spec } = part
  if (!yardstick.calibration?.isCalibrated) return []
  const expected = expectedAccuracy(view, yardstick.kind)
  if (!expected) return []
  const before = yardstick.quality.find(({ metric }) => metric === 'quality-accuracy')
  const limit = before ? limitOf(before, spec.quality.margin) : null
  return [
    pointOf(part, 'expected-accuracy', {
      ...expected,
      reference: before?.value ?? null,
      limit,
      isBeyond: before !== undefined && expected.high < limit!,
    }),
  ]
}

function qualityPoints(part: Part): MonitorPoint[] {
  const { view, truths, yardstick, spec } = part
  if (truths.count === 0) return []
  const wanted = new Set<QualityMetric>(spec.quality.metrics)
  const measured = measureQuality(view, truths, yardstick.kind)
  return [
    pointOf(part, 'labelled-share', { value: truths.count / view.rows }),
    ...measured
      .filter(({ metric }) => wanted.size === 0 || wanted.has(metric))
      .map((quality) => {
        const { metric, rows, value } = quality
        const before = yardstick.quality.find((each) => each.metric === metric)
        const judged = judgeQuality(quality, before, spec.quality)
        return pointOf(part, metric, { rows, value, ...qualityInterval(quality), ...judged })
      }),
    ...businessPoints(part, 'feedback'),
  ]
}

function businessPoints(part: Part, over: 'predictions' | 'feedback'): MonitorPoint[] {
  const { view, truths, yardstick, spec } = part
  return spec.business
    .filter((metric) => metric.over === over)
    .flatMap((metric) => {
      const measured = measureBusiness(metric, { view, truths, kind: yardstick.kind })
      if (!measured) return []
      const { least, most } = metric
      const isLow = least !== null && measured.value < least
      const isHigh = most !== null && measured.value > most
      const limit = isLow ? least : (most ?? least)
      return [
        pointOf(part, 'business', { ...measured, column: metric.name, limit, isBeyond: isLow || isHigh }),
      ]
    })
}
