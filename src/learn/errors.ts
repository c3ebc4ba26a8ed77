import { defineErrors } from '../core/errors.ts'

export const learnError = defineErrors('learn', {
  'no-rows': {
    kind: 'user',
    message: 'There are no train rows to learn from.',
    remedy: 'Check the filters and the split before this step: at least one row must be a train row.',
  },
  'no-features': {
    kind: 'user',
    message: 'The table has no feature columns to learn from.',
    remedy: 'Give at least one numeric or encoded column the role “feature”.',
  },
  'target-missing': {
    kind: 'user',
    message: 'The target “{column}” has no value in {count} of {rows} rows.',
    remedy:
      'Put `features.filter` before the split, with the condition “{condition}”: a model cannot learn from rows without ' +
      'an answer.',
  },
  'target-infinite': {
    kind: 'user',
    message: 'The target “{column}” is infinite in {count} of {rows} rows.',
    remedy: 'Filter these rows out or clip the column before training.',
  },
  'target-unsuitable': {
    kind: 'user',
    message: 'The target “{column}” is of type {type}, which cannot be learned.',
    remedy: 'Choose a target that holds numbers, texts or booleans, or derive one from this column.',
  },
  'target-no-number': {
    kind: 'user',
    message: 'The target “{column}” is of type {type}, but regression predicts numbers.',
    remedy: 'Choose classification, or a target that holds numbers.',
  },
  'one-class': {
    kind: 'user',
    message: 'The target “{column}” has the value “{value}” in every train row.',
    remedy: 'Choose another target, or check the filters and the split: a classifier needs two classes.',
  },
  'too-many-classes': {
    kind: 'user',
    message: 'The target “{column}” has more than {limit} different values, too many for classification.',
    remedy: 'Choose regression if these are amounts, another target if they are ids, or group rare values.',
  },
  'target-not-positive': {
    kind: 'user',
    message: 'The target “{column}” is 0 or less in {count} rows, and has no logarithm or power there.',
    remedy: 'Learn it as it is, or filter these rows out.',
  },
  'ordered-classes': {
    kind: 'user',
    message:
      'The target “{column}” has {count} classes, and answers can only rise or fall where there are two.',
    remedy: 'Leave “increasing” and “decreasing” empty.',
  },
  'loss-too-large': {
    kind: 'user',
    message: 'The loss grows beyond all numbers: targets, times weights, are too large to be told apart.',
    remedy: 'Scale the target or the weights down, or learn the logarithm of the target.',
  },
  'negative-counts': {
    kind: 'user',
    message: 'The target “{column}” is negative in {count} rows, but Poisson loss is for counts.',
    remedy: 'Choose another loss, or filter these rows out.',
  },
  'unknown-feature': {
    kind: 'user',
    message: 'There is no feature “{feature}” to give a rule for; the features are {features}.',
    remedy: 'Choose one of these.',
  },
  'table-too-large': {
    kind: 'user',
    message: '{rows} train rows with {features} features do not fit in the 4 GB that trees are grown in.',
    remedy: 'Take a sample of the rows, or fewer features.',
  },
  'class-without-train-rows': {
    kind: 'user',
    message: 'The target “{column}” has the value “{value}” in validation rows, but in no train row.',
    remedy: 'Stratify the split by the target, or group rare values.',
  },
  'unknown-positive': {
    kind: 'user',
    message: 'The target “{column}” has no class “{positive}”; its classes are {classes}.',
    remedy: 'Choose one of these as the positive class.',
  },
  'weight-unusable': {
    kind: 'user',
    message:
      'The row weights hold {value}; a weight must be a finite number of at least 0, and not all are 0.',
    remedy: 'Correct the weight column, or give it another role.',
  },
  'feature-missing-values': {
    kind: 'user',
    message: 'The feature “{feature}” has no value in {count} of {rows} {part} rows.',
    remedy: 'Impute it first, or use gradient-boosted trees, which learn from missing values.',
  },
  'feature-infinite': {
    kind: 'user',
    message: 'The feature “{feature}” is infinite in {count} of {rows} {part} rows.',
    remedy: 'Clip it or replace the infinite values first.',
  },
  separable: {
    kind: 'user',
    message:
      'The features tell the classes apart without any error, so coefficients without penalty grow for ever.',
    remedy: 'Choose the L2 penalty, or check whether a feature gives the target away.',
  },
  'no-validation-rows': {
    kind: 'user',
    message: 'There are no validation rows to choose a threshold on.',
    remedy: 'Give the split a validation share, or choose a fixed threshold.',
  },
  'no-positive-rows': {
    kind: 'user',
    message:
      'No validation row is of the positive class “{positive}”, so no threshold can be told from another.',
    remedy: 'Stratify the split by the target, or choose a fixed threshold.',
  },
  'threshold-unreachable': {
    kind: 'user',
    message: 'No threshold reaches a {metric} of {goal} on the validation rows; the best is {best}.',
    remedy: 'Lower the goal, or improve the model.',
  },
  'no-rows-to-calibrate': {
    kind: 'user',
    message: 'There are no validation rows to calibrate on.',
    remedy: 'Give the split a validation share: rows that trained the model flatter its probabilities.',
  },
  'class-not-calibrated': {
    kind: 'user',
    message:
      'The validation rows are all, or none of them, of the class “{class}”, so nothing can be learned of its probability.',
    remedy: 'Stratify the split by the target, or give it a larger validation share.',
  },
  diverged: {
    kind: 'user',
    message: 'The loss grew beyond all bounds in epoch {epoch}.',
    remedy: 'Lower the learning rate, or clip extreme values of the features.',
  },
  'no-tensorflow': {
    kind: 'user',
    message: 'TensorFlow could not be loaded: {problem}',
    remedy:
      'Choose the engine “onnx”, which is always there, or install the other one with `npm install ' +
      '@tensorflow/tfjs-node@4.22.0`, which downloads its native library.',
  },
  'target-negative': {
    kind: 'user',
    message: 'The target “{column}” is negative in {count} of {rows} rows, but this learner predicts counts.',
    remedy: 'Choose another learner of amounts, or mend these values.',
  },
  'target-zero': {
    kind: 'user',
    message: 'The target “{column}” is 0 in every train row.',
    remedy: 'Choose another target, or check the filters and the split.',
  },
  'too-many-codes': {
    kind: 'user',
    message:
      'The feature “{feature}” has numbers of {limit} and more, which are no codes of categories to embed.',
    remedy: 'Encode it with ordinal codes first, or do not embed it.',
  },
  'too-many-features': {
    kind: 'user',
    message:
      'There are {features} features, of which least squares can take so many only with the L2 penalty.',
    remedy: 'Choose the L2 penalty, or keep fewer terms or categories.',
  },
  'too-few-rows-to-cluster': {
    kind: 'user',
    message: 'There are {rows} train rows, too few for {clusters} clusters.',
    remedy: 'Ask for fewer clusters, or connect a table with more rows.',
  },
  'no-target': {
    kind: 'user',
    message: 'The model finds groups of rows and predicts no target, so there is nothing to do here.',
    remedy: 'Connect a model of classes or amounts.',
  },
  'behind-ranking': {
    kind: 'user',
    message: 'The model ranks its classes, by probabilities that a calibration would change.',
    remedy: 'Put this step before “Rank classes”.',
  },
  'behind-rules': {
    kind: 'user',
    message: 'The model has business rules, which a new threshold or calibration would put out of force.',
    remedy: 'Put this step before “Business rules”.',
  },
})
