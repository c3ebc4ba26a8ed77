import type { ReportData } from '../core/artifacts.ts'
import type { ComparedColumn, DriftClassifier, DriftContent } from '../core/drift-content.ts'
import { judgeDrift, type DriftVerdict } from './judge-drift.ts'
import { noteDrift, tellVerdict } from './tell-drift.ts'

/** The report of the drift of compared columns, with the verdict that it tells of. */
export function driftReport(
  compared: readonly ComparedColumn[],
  { classifier, ...judge }: { adjust: boolean; share: number; classifier?: DriftClassifier },
): { data: ReportData; verdict: DriftVerdict } {
  const verdict = judgeDrift(compared, judge)
  const columns = verdict.columns.toSorted((a, b) => Number(b.drifted) - Number(a.drifted))
  const content: DriftContent = {
    drifted: verdict.drifted,
    share: judge.share,
    verdict: tellVerdict({ ...verdict, columns }, judge.share),
    notes: noteDrift(columns),
    ...(classifier && { classifier }),
    columns,
  }
  const data = {
    type: 'drift',
    metrics: {
      dataset_drift: Number(verdict.drifted),
      drifted_columns: verdict.columns.filter(({ drifted }) => drifted).length,
      watched_columns: verdict.columns.length,
      drifted_share: verdict.driftedShare,
      ...(classifier && { drift_auc: classifier.auc }),
    },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
  return { data, verdict }
}
