import type { Runner } from '../src/node-kit/define-node.ts'

/** How to load the work of each node; nothing is loaded before it is needed. */
export const nodeRunners: Readonly<Record<string, () => Promise<Runner>>> = {
  'ingestion.file': () => import('./ingestion/file/run.ts'),
  'validation.expectations': () => import('./validation/expectations/run.ts'),
  'features.set-roles': () => import('./features/set-roles/run.ts'),
  'features.cast': () => import('./features/cast/run.ts'),
  'features.append': () => import('./features/append/run.ts'),
  'features.split': () => import('./features/split/run.ts'),
  'features.derive': () => import('./features/derive/run.ts'),
  'features.impute': () => import('./features/impute/run.ts'),
  'features.encode': () => import('./features/encode/run.ts'),
  'features.scale': () => import('./features/scale/run.ts'),
  'training.logistic-regression': () => import('./training/logistic-regression/run.ts'),
  'training.gradient-boosted-trees': () => import('./training/gradient-boosted-trees/run.ts'),
  'training.threshold': () => import('./training/threshold/run.ts'),
  'training.evaluate': () => import('./training/evaluate/run.ts'),
  'serving.register': () => import('./serving/register/run.ts'),
  'serving.predict': () => import('./serving/predict/run.ts'),
  'serving.write-file': () => import('./serving/write-file/run.ts'),
}
