import { explainIssues, formatPath } from '../../src/core/explain-issues.ts'
import { monitorSpecSchema, type BusinessMetric, type MonitorSpec } from '../../src/core/monitor.ts'

/** What is watched as it is typed into a form: amounts are texts until they are read. */
export interface MonitorDraft {
  isOn: boolean
  windowKind: MonitorSpec['window']['kind']
  /** Rows, or minutes. */
  windowSize: string
  /** Per cent of the columns. */
  sharePercent: string
  /** Points of quality, in per cent. */
  marginPercent: string
  adjust: boolean
  segments: readonly string[]
  ignored: readonly string[]
  business: readonly BusinessDraft[]
}

export interface BusinessDraft {
  name: string
  expression: string
  aggregate: BusinessMetric['aggregate']
  over: BusinessMetric['over']
  least: string
  most: string
}

export const emptyBusiness: BusinessDraft = {
  name: '',
  expression: '',
  aggregate: 'mean',
  over: 'predictions',
  least: '',
  most: '',
}

export function draftOfMonitor(spec: MonitorSpec): MonitorDraft {
  const { window, columns } = spec
  return {
    isOn: spec.isOn,
    windowKind: window.kind,
    windowSize: String(window.kind === 'rows' ? window.rows : window.minutes),
    sharePercent: percentText(spec.share),
    marginPercent: percentText(spec.quality.margin),
    adjust: spec.adjust,
    segments: spec.segments,
    ignored: Object.keys(columns).filter((name) => columns[name]!.isIgnored),
    business: spec.business.map(({ name, expression, aggregate, over, least, most }) => ({
      name,
      expression,
      aggregate,
      over,
      least: least === null ? '' : String(least),
      most: most === null ? '' : String(most),
    })),
  }
}

/** What the draft means, or what is wrong with it, by the path of the field: `business.0.name`. */
export function readMonitorDraft(
  draft: MonitorDraft,
  base: MonitorSpec,
): { spec: MonitorSpec } | { problems: ReadonlyMap<string, string> } {
  const size = amountOf(draft.windowSize)
  const read = explainIssues(monitorSpecSchema, {
    ...base,
    isOn: draft.isOn,
    window: draft.windowKind === 'rows' ? { kind: 'rows', rows: size } : { kind: 'time', minutes: size },
    columns: columnsOf(draft, base),
    share: amountOf(draft.sharePercent) / 100,
    adjust: draft.adjust,
    segments: [...draft.segments],
    quality: { ...base.quality, margin: amountOf(draft.marginPercent) / 100 },
    business: draft.business.map(({ least, most, ...metric }, index) => ({
      unit: base.business[index]?.unit ?? null,
      ...metric,
      name: metric.name.trim(),
      least: optional(least),
      most: optional(most),
    })),
  })
  if (read.success) return { spec: read.data }
  return { problems: new Map(read.explanations.map(({ path, message }) => [formatPath(path), message])) }
}

/** Methods and limits of columns stay; what is only ignored, or no longer, comes and goes. */
function columnsOf({ ignored }: MonitorDraft, { columns }: MonitorSpec): Record<string, unknown> {
  const kept = Object.entries(columns).map(([name, column]) => [
    name,
    { ...column, isIgnored: ignored.includes(name) },
  ])
  const added = ignored
    .filter((name) => !Object.hasOwn(columns, name))
    .map((name) => [name, { isIgnored: true }])
  return Object.fromEntries([...kept, ...added]) as Record<string, unknown>
}

/** 0.03 → “3”: without the dust of binary fractions. */
const percentText = (share: number): string => String(Number((share * 100).toPrecision(12)))
const amountOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
const optional = (text: string): number | null => (text.trim() === '' ? null : Number(text))
