import type { AnyNodeDefinition } from '../src/node-kit/define-node.ts'
import { aggregate } from './features/aggregate/definition.ts'
import { append } from './features/append/definition.ts'
import { bin } from './features/bin/definition.ts'
import { cast } from './features/cast/definition.ts'
import { clip } from './features/clip/definition.ts'
import { dateParts } from './features/date-parts/definition.ts'
import { derive } from './features/derive/definition.ts'
import { encode } from './features/encode/definition.ts'
import { featureSelection } from './features/feature-selection/definition.ts'
import { impute } from './features/impute/definition.ts'
import { interaction } from './features/interaction/definition.ts'
import { join } from './features/join/definition.ts'
import { lags } from './features/lags/definition.ts'
import { log } from './features/log/definition.ts'
import { deduplicate } from './features/deduplicate/definition.ts'
import { filter } from './features/filter/definition.ts'
import { pca } from './features/pca/definition.ts'
import { pivot } from './features/pivot/definition.ts'
import { polynomial } from './features/polynomial/definition.ts'
import { rename } from './features/rename/definition.ts'
import { reorder } from './features/reorder/definition.ts'
import { sample } from './features/sample/definition.ts'
import { selectColumnsNode } from './features/select-columns/definition.ts'
import { sort } from './features/sort/definition.ts'
import { topRows } from './features/top-rows/definition.ts'
import { scale } from './features/scale/definition.ts'
import { setRoles } from './features/set-roles/definition.ts'
import { split } from './features/split/definition.ts'
import { sql } from './features/sql/definition.ts'
import { textClean } from './features/text-clean/definition.ts'
import { textFeatures } from './features/text-features/definition.ts'
import { unpivot } from './features/unpivot/definition.ts'
import { window } from './features/window/definition.ts'
import { branch } from './flow/branch/definition.ts'
import { forEach } from './flow/for-each/definition.ts'
import { merge } from './flow/merge/definition.ts'
import { notify } from './flow/notify/definition.ts'
import { onError } from './flow/on-error/definition.ts'
import { subpipeline } from './flow/subpipeline/definition.ts'
import { excel } from './ingestion/excel/definition.ts'
import { ingestionFile } from './ingestion/file/definition.ts'
import { ingestionFiles } from './ingestion/files/definition.ts'
import { drift } from './monitoring/drift/definition.ts'
import { monitor } from './monitoring/monitor/definition.ts'
import { quality } from './monitoring/quality/definition.ts'
import { retrain } from './monitoring/retrain/definition.ts'
import { feedback } from './ingestion/feedback/definition.ts'
import { inline } from './ingestion/inline/definition.ts'
import { predictions } from './ingestion/predictions/definition.ts'
import { sampleData } from './ingestion/sample-data/definition.ts'
import { batchScore } from './serving/batch-score/definition.ts'
import { endpoint } from './serving/endpoint/definition.ts'
import { predict } from './serving/predict/definition.ts'
import { writeReport } from './serving/write-report/definition.ts'
import { saveModel } from './serving/save-model/definition.ts'
import { importModel } from './serving/import-model/definition.ts'
import { loadModel } from './serving/load-model/definition.ts'
import { register } from './serving/register/definition.ts'
import { writeFile } from './serving/write-file/definition.ts'
import { autoTrain } from './training/auto-train/definition.ts'
import { baseline } from './training/baseline/definition.ts'
import { crossValidate } from './training/cross-validate/definition.ts'
import { evaluate } from './training/evaluate/definition.ts'
import { explain } from './training/explain/definition.ts'
import { extraTrees } from './training/extra-trees/definition.ts'
import { gradientBoostedTrees } from './training/gradient-boosted-trees/definition.ts'
import { isolationForest } from './training/isolation-forest/definition.ts'
import { kMeans } from './training/k-means/definition.ts'
import { linearRegression } from './training/linear-regression/definition.ts'
import { logisticRegression } from './training/logistic-regression/definition.ts'
import { calibrate } from './training/calibrate/definition.ts'
import { neuralNetwork } from './training/neural-network/definition.ts'
import { poissonRegression } from './training/poisson-regression/definition.ts'
import { randomForest } from './training/random-forest/definition.ts'
import { rank } from './training/rank/definition.ts'
import { rules } from './training/rules/definition.ts'
import { threshold } from './training/threshold/definition.ts'
import { tune } from './training/tune/definition.ts'
import { compare } from './validation/compare/definition.ts'
import { expectations } from './validation/expectations/definition.ts'
import { modelTests } from './validation/model-tests/definition.ts'
import { outliers } from './validation/outliers/definition.ts'
import { profile } from './validation/profile/definition.ts'
import { schemaNode } from './validation/schema/definition.ts'

/** Every node that a pipeline can use, in the order of the palette. */
export const nodeDefinitions: readonly AnyNodeDefinition[] = [
  ingestionFile,
  ingestionFiles,
  excel,
  inline,
  feedback,
  predictions,
  sampleData,
  expectations,
  schemaNode,
  outliers,
  compare,
  profile,
  setRoles,
  cast,
  textClean,
  selectColumnsNode,
  rename,
  reorder,
  filter,
  sort,
  topRows,
  deduplicate,
  sample,
  append,
  join,
  aggregate,
  window,
  lags,
  pivot,
  unpivot,
  sql,
  split,
  derive,
  interaction,
  dateParts,
  impute,
  encode,
  textFeatures,
  scale,
  pca,
  featureSelection,
  clip,
  log,
  polynomial,
  bin,
  baseline,
  linearRegression,
  logisticRegression,
  poissonRegression,
  gradientBoostedTrees,
  randomForest,
  extraTrees,
  isolationForest,
  kMeans,
  neuralNetwork,
  calibrate,
  threshold,
  rank,
  rules,
  crossValidate,
  tune,
  autoTrain,
  evaluate,
  explain,
  modelTests,
  register,
  endpoint,
  batchScore,
  predict,
  saveModel,
  loadModel,
  importModel,
  writeFile,
  writeReport,
  drift,
  quality,
  monitor,
  retrain,
  subpipeline,
  forEach,
  branch,
  merge,
  onError,
  notify,
]
