import type { ReportData } from '../core/artifacts.ts'
import type { ComparedColumn, DriftContent } from '../core/drift-content.ts'
import { judgeDrift, type DriftVerdict } from './judge-drift.ts'

/** The report of the drift of compared columns, with the verdict that it tells of. */
export function driftReport(
  compared: readonly ComparedColumn[],
  judge: { adjust: boolean; share: number },
): { data: ReportData; verdict: DriftVerdict } {
  const verdict = judgeDrift(compared, judge)
  const content: DriftContent = {
    drifted: verdict.drifted,
    share: judge.share,
    columns: verdict.columns.toSorted((a, b) => Number(b.drifted) - Number(a.drifted)),
  }
  const data = {
    type: 'drift',
    metrics: {
      dataset_drift: Number(verdict.drifted),
      drifted_columns: verdict.columns.filter(({ drifted }) => drifted).length,
      watched_columns: verdict.columns.length,
      drifted_share: verdict.driftedShare,
    },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
  return { data, verdict }
}
