import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { ReportData } from '../../../src/core/artifacts.ts'
import { driftContentSchema } from '../../../src/core/drift-content.ts'
import { metricTitle } from '../format-amounts.ts'
import { CalibrationReport } from './calibration-report.tsx'
import { ComparisonReport } from './comparison-report.tsx'
import { CrossValidationReport } from './cross-validation-report.tsx'
import { DriftReport } from './drift-report.tsx'
import { EvaluationReport } from './evaluation-report.tsx'
import { evaluationSchema } from './evaluation-content.ts'
import { ExpectationsReport } from './expectations-report.tsx'
import { ExplanationReport } from './explanation-report.tsx'
import { GenericContent } from './generic-content.tsx'
import { LeaderboardReport } from './leaderboard-report.tsx'
import { ModelTestsReport } from './model-tests-report.tsx'
import { OutliersReport } from './outliers-report.tsx'
import { ProfileReport } from './profile-report.tsx'
import { qualitySchema } from './quality-content.ts'
import { QualityReport } from './quality-report.tsx'
import {
  calibrationReportSchema,
  comparisonSchema,
  crossValidationSchema,
  expectationsSchema,
  explanationSchema,
  leaderboardSchema,
  modelTestsSchema,
  outliersSchema,
  profileSchema,
  rulesSchema,
  schemaReportSchema,
  thresholdSchema,
  tuningSchema,
} from './report-contents.ts'
import { MetricTiles } from './report-parts.tsx'
import { RulesReport } from './rules-report.tsx'
import { SchemaReport } from './schema-report.tsx'
import { ThresholdReport } from './threshold-report.tsx'
import { TuningReport } from './tuning-report.tsx'

/** How a type of report is drawn; null where its content is not what that type usually has. */
type Drawing = (report: ReportData) => ReactNode | null

function drawing<Content>(
  schema: z.ZodType<Content>,
  draw: (props: { content: Content }) => ReactNode,
): Drawing {
  const Drawn = draw
  return ({ content }) => {
    const read = schema.safeParse(content)
    return read.success ? <Drawn content={read.data} /> : null
  }
}

const drawings: Readonly<Record<string, Drawing>> = {
  evaluation: drawing(evaluationSchema, EvaluationReport),
  threshold: drawing(thresholdSchema, ThresholdReport),
  'cross-validation': drawing(crossValidationSchema, CrossValidationReport),
  expectations: drawing(expectationsSchema, ExpectationsReport),
  'model-tests': drawing(modelTestsSchema, ModelTestsReport),
  schema: drawing(schemaReportSchema, SchemaReport),
  comparison: drawing(comparisonSchema, ComparisonReport),
  outliers: drawing(outliersSchema, OutliersReport),
  profile: drawing(profileSchema, ProfileReport),
  calibration: drawing(calibrationReportSchema, CalibrationReport),
  explanation: drawing(explanationSchema, ExplanationReport),
  tuning: drawing(tuningSchema, TuningReport),
  drift: drawing(driftContentSchema, DriftReport),
  quality: drawing(qualitySchema, QualityReport),
  rules: drawing(rulesSchema, RulesReport),
  leaderboard: drawing(leaderboardSchema, LeaderboardReport),
  // The model beside it tells the rest.
  training: ({ metrics }) => <MetricTiles metrics={metrics} />,
}

/** A report in the form that suits its type; of a type that is not known here, all that it says. */
export function ReportView({ report }: { report: ReportData }) {
  return (
    <article aria-label={`Report: ${metricTitle(report.type)}`}>
      {drawings[report.type]?.(report) ?? (
        <div className="flex flex-col gap-4">
          <MetricTiles metrics={report.metrics} />
          <GenericContent content={report.content} />
        </div>
      )}
    </article>
  )
}
