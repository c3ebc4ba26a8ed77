import type { FailureCase } from './failure-cases/failure-case.ts'
import { featuresAggregateFailures } from './failure-cases/features.aggregate.ts'
import { featuresCastFailures } from './failure-cases/features.cast.ts'
import { featuresJoinFailures } from './failure-cases/features.join.ts'
import { featuresPivotFailures } from './failure-cases/features.pivot.ts'
import { ingestionFeedbackFailures } from './failure-cases/ingestion.feedback.ts'
import { featuresSqlFailures } from './failure-cases/features.sql.ts'
import { ingestionExcelFailures } from './failure-cases/ingestion.excel.ts'
import { flowBranchFailures } from './failure-cases/flow.branch.ts'
import { flowForEachFailures } from './failure-cases/flow.for-each.ts'
import { flowNotifyFailures } from './failure-cases/flow.notify.ts'
import { ingestionFileFailures } from './failure-cases/ingestion.file.ts'
import { ingestionFilesFailures } from './failure-cases/ingestion.files.ts'
import { ingestionInlineFailures } from './failure-cases/ingestion.inline.ts'
import { ingestionPredictionsFailures } from './failure-cases/ingestion.predictions.ts'
import { monitoringDriftFailures } from './failure-cases/monitoring.drift.ts'
import { monitoringQualityFailures } from './failure-cases/monitoring.quality.ts'
import { servingImportModelFailures } from './failure-cases/serving.import-model.ts'
import { servingLoadModelFailures } from './failure-cases/serving.load-model.ts'
import { servingSaveModelFailures } from './failure-cases/serving.save-model.ts'
import { servingWriteFileFailures } from './failure-cases/serving.write-file.ts'
import { servingWriteReportFailures } from './failure-cases/serving.write-report.ts'
import { trainingAutoTrainFailures } from './failure-cases/training.auto-train.ts'
import { trainingCalibrateFailures } from './failure-cases/training.calibrate.ts'
import { trainingCrossValidateFailures } from './failure-cases/training.cross-validate.ts'
import { trainingEvaluateFailures } from './failure-cases/training.evaluate.ts'
import { trainingExplainFailures } from './failure-cases/training.explain.ts'
import { trainingRankFailures } from './failure-cases/training.rank.ts'
import { trainingRulesFailures } from './failure-cases/training.rules.ts'
import { trainingThresholdFailures } from './failure-cases/training.threshold.ts'
import { trainingTuneFailures } from './failure-cases/training.tune.ts'
import { validationCompareFailures } from './failure-cases/validation.compare.ts'
import { validationExpectationsFailures } from './failure-cases/validation.expectations.ts'
import { validationModelTestsFailures } from './failure-cases/validation.model-tests.ts'
import { validationSchemaFailures } from './failure-cases/validation.schema.ts'

/** One case for every failure that a definition declares. */
export const failureCases: readonly FailureCase[] = [
  ...featuresAggregateFailures,
  ...featuresCastFailures,
  ...featuresJoinFailures,
  ...featuresPivotFailures,
  ...featuresSqlFailures,
  ...ingestionExcelFailures,
  ...ingestionFeedbackFailures,
  ...flowBranchFailures,
  ...flowForEachFailures,
  ...flowNotifyFailures,
  ...ingestionFileFailures,
  ...ingestionFilesFailures,
  ...ingestionInlineFailures,
  ...ingestionPredictionsFailures,
  ...monitoringDriftFailures,
  ...monitoringQualityFailures,
  ...servingImportModelFailures,
  ...servingLoadModelFailures,
  ...servingSaveModelFailures,
  ...servingWriteFileFailures,
  ...servingWriteReportFailures,
  ...trainingAutoTrainFailures,
  ...trainingCalibrateFailures,
  ...trainingCrossValidateFailures,
  ...trainingEvaluateFailures,
  ...trainingExplainFailures,
  ...trainingRankFailures,
  ...trainingRulesFailures,
  ...trainingThresholdFailures,
  ...trainingTuneFailures,
  ...validationCompareFailures,
  ...validationExpectationsFailures,
  ...validationModelTestsFailures,
  ...validationSchemaFailures,
]
