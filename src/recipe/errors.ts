import { defineErrors } from '../core/errors.ts'

export const recipeError = defineErrors('recipe', {
  'not-applicable': {
    kind: 'user',
    message: '{problem}',
    remedy: '{remedy}',
  },
  'no-rows': {
    kind: 'user',
    message: 'There are no train rows to learn from.',
    remedy: 'Give the train part of the split more rows, or check what the steps before leave over.',
  },
  'no-values': {
    kind: 'user',
    message: 'The column “{column}” has no value in any train row, so there is nothing to learn from it.',
    remedy: 'Leave the column out, or fill it with a constant.',
  },
  'no-categories': {
    kind: 'user',
    message: 'The column “{column}” has no value in any train row, so it has no categories.',
    remedy: 'Leave the column out, or count “no value” as a category.',
  },
  'infinite-value': {
    kind: 'user',
    message:
      'The column “{column}” holds infinite numbers in the train rows; nothing can be learned from them.',
    remedy: 'Derive a column that replaces them, such as `if(abs(x) < 1e300, x, null)`, and use that.',
  },
  'out-of-range': {
    kind: 'user',
    message: 'The numbers of the column “{column}” are so large that their spread is infinite.',
    remedy: 'Derive a column in a larger unit, or its logarithm, and use that.',
  },
  'too-many-categories': {
    kind: 'user',
    message: 'The column “{column}” has {count} categories; one-hot encoding ends at {limit}.',
    remedy: 'Set a most number of categories or a least share, encode it as ordinal, or leave it out.',
  },
  'too-many-classes': {
    kind: 'user',
    message: 'The target “{column}” has {count} classes; target encoding ends at {limit}.',
    remedy: 'Encode the categories another way, or choose a target of numbers.',
  },
  'infinite-target': {
    kind: 'user',
    message: 'The target holds infinite numbers in the train rows, which have no mean.',
    remedy: 'Derive a target without them, or encode the categories another way.',
  },
  'one-fold': {
    kind: 'user',
    message: 'Too few train rows have a value of “{column}” to learn from the one what the other is told.',
    remedy: 'Give the train part more rows, or encode the categories another way.',
  },
  'rows-changed': {
    kind: 'user',
    message: 'Rows were picked or put in order after target encoding, so their folds are no longer known.',
    remedy: 'Put the encoding behind the step that changes the rows.',
  },
  'too-wide': {
    kind: 'user',
    message: 'The columns have {count} numbers together; principal components end at {limit}.',
    remedy: 'Choose fewer columns, or encode with fewer categories.',
  },
  'too-many-compared': {
    kind: 'user',
    message: '{count} columns are compared to find the nearest rows; that ends at {limit}.',
    remedy: 'Choose fewer columns to compare.',
  },
  'no-whole-rows': {
    kind: 'user',
    message: 'Fewer than two train rows have a value in each of the columns, so there is nothing to learn.',
    remedy: 'Impute missing values before, or leave columns out that are mostly missing.',
  },
  'no-terms': {
    kind: 'user',
    message: 'No term of the column “{column}” comes in enough train rows.',
    remedy: 'Ask for fewer rows with a term, or leave the column out.',
  },
  'too-many-features': {
    kind: 'user',
    message: 'The columns have {count} numbers together; a selection ends at {limit}.',
    remedy: 'Choose fewer columns, or encode with fewer categories.',
  },
  'nothing-selected': {
    kind: 'user',
    message: 'No feature passes, so nothing would be selected.',
    remedy: 'Choose a lower threshold, or other columns.',
  },
  'negative-value': {
    kind: 'user',
    message: 'The feature “{column}” has numbers below 0 in the train rows, which chi-squared does not know.',
    remedy: 'Take the F-test, or choose counts and shares alone.',
  },
  'not-positive': {
    kind: 'user',
    message: 'The column “{column}” has numbers in the train rows that are not above 0.',
    remedy: 'Choose the method Yeo-Johnson, which takes any number.',
  },
  'column-missing': {
    kind: 'user',
    message: 'There is no column “{column}” in this table.',
    remedy: 'Choose one of its columns.',
  },
  'text-feature': {
    kind: 'user',
    message: 'The feature “{column}” holds text, which a learner cannot use.',
    remedy: 'Encode it before, or give it the role “ignore”.',
  },
  'no-features': {
    kind: 'user',
    message: 'The table has no feature that a learner could use.',
    remedy: 'Give at least one numeric or encoded column the role “feature”.',
  },
  'input-missing': {
    kind: 'user',
    message: 'The column “{column}”, which the model needs, is missing from the table.',
    remedy:
      'Give the model a table with all columns it was trained on; a value that is not known may be null.',
  },
  'input-type': {
    kind: 'user',
    message: 'The column “{column}” is {given} here, but the model was trained on {wanted}.',
    remedy: 'Read or cast the column as {wanted}.',
  },
  'unknown-transform': {
    kind: 'user',
    message: 'The table has a step “{transform}”, which this version of Pipewright does not know.',
    remedy: 'Run the pipeline again with this version, or use a newer one.',
  },
  'not-fitted': {
    kind: 'defect',
    message: 'A step of the recipe ({transform} of {node}) has not been fitted.',
    remedy: 'Please report this.',
  },
})
