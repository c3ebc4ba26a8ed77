import type { AnyNodeDefinition } from '../src/node-kit/define-node.ts'
import { append } from './features/append/definition.ts'
import { cast } from './features/cast/definition.ts'
import { derive } from './features/derive/definition.ts'
import { encode } from './features/encode/definition.ts'
import { impute } from './features/impute/definition.ts'
import { scale } from './features/scale/definition.ts'
import { setRoles } from './features/set-roles/definition.ts'
import { split } from './features/split/definition.ts'
import { ingestionFile } from './ingestion/file/definition.ts'
import { predict } from './serving/predict/definition.ts'
import { register } from './serving/register/definition.ts'
import { writeFile } from './serving/write-file/definition.ts'
import { evaluate } from './training/evaluate/definition.ts'
import { gradientBoostedTrees } from './training/gradient-boosted-trees/definition.ts'
import { logisticRegression } from './training/logistic-regression/definition.ts'
import { threshold } from './training/threshold/definition.ts'
import { expectations } from './validation/expectations/definition.ts'

/** Every node that a pipeline can use, in the order of the palette. */
export const nodeDefinitions: readonly AnyNodeDefinition[] = [
  ingestionFile,
  expectations,
  setRoles,
  cast,
  append,
  split,
  derive,
  impute,
  encode,
  scale,
  logisticRegression,
  gradientBoostedTrees,
  threshold,
  evaluate,
  register,
  predict,
  writeFile,
]
