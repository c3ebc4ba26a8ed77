import type { Learner } from '../learner.ts'
import type { BaselineModel, BaselineParameters } from './baseline-model.ts'
import { emitBaseline } from './emit-baseline.ts'
import { fitBaseline } from './fit-baseline.ts'
import { predictWithBaseline } from './predict-baseline.ts'

/** What any other learner has to beat: an answer that does not look at the features. */
export const baseline: Learner<BaselineParameters, BaselineModel> = {
  type: 'baseline',
  tasks: ['binary', 'multiclass', 'regression'],
  fit: fitBaseline,
  predict: predictWithBaseline,
  emit: emitBaseline,
}
