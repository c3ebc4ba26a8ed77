import type { RecipeStep } from '../core/artifacts.ts'
import type { Json } from '../core/pipeline.ts'
import {
  transformParams,
  type TransformName,
  type TransformParams,
  type TransformStep,
} from '../core/transforms/transform-step.ts'
import { recipeError } from './errors.ts'
import type { BoundTransform, Transform } from './transform.ts'
import { castTransform } from './transforms/cast.ts'
import { deriveTransform } from './transforms/derive.ts'
import { binaryEncodeTransform } from './transforms/binary-encode.ts'
import { frequencyTransform } from './transforms/frequency.ts'
import { hashingTransform } from './transforms/hashing.ts'
import { targetEncodeTransform } from './transforms/target-encode.ts'
import { oneHotTransform } from './transforms/one-hot.ts'
import { ordinalTransform } from './transforms/ordinal.ts'
import { clipTransform } from './transforms/clip.ts'
import { logTransform } from './transforms/log.ts'
import { binTransform } from './transforms/bin.ts'
import { datePartsTransform } from './transforms/date-parts.ts'
import { polynomialTransform } from './transforms/polynomial.ts'
import { pcaTransform } from './transforms/pca.ts'
import { textFeaturesTransform } from './transforms/text-features.ts'
import { imputeNearestTransform } from './transforms/impute-nearest.ts'
import { imputeTransform } from './transforms/impute.ts'
import { outliersTransform } from './transforms/outliers.ts'
import { renameTransform } from './transforms/rename.ts'
import { imputeByGroupTransform } from './transforms/impute-by-group.ts'
import { powerTransform } from './transforms/power.ts'
import { quantileScaleTransform } from './transforms/quantile-scale.ts'
import { selectFeaturesTransform } from './transforms/select-features.ts'
import { textCleanTransform } from './transforms/text-clean.ts'
import { scaleTransform } from './transforms/scale.ts'

type MadeTransform = Omit<BoundTransform, 'step'>

/** Makes the transform of each step, for its parameters. */
const transforms: { readonly [Name in TransformName]: (params: TransformParams<Name>) => MadeTransform } = {
  impute: (params) =>
    params.by === undefined
      ? bound(imputeTransform(params))
      : bound(imputeByGroupTransform({ ...params, by: params.by })),
  'impute-nearest': (params) => bound(imputeNearestTransform(params)),
  encode: encodeTransform,
  scale: scalingTransform,
  cast: (params) => bound(castTransform(params)),
  derive: (params) => bound(deriveTransform(params)),
  rename: (params) => bound(renameTransform(params)),
  clip: (params) => bound(clipTransform(params)),
  log: (params) => bound(logTransform(params)),
  bin: (params) => bound(binTransform(params)),
  'date-parts': (params) => bound(datePartsTransform(params)),
  polynomial: (params) => bound(polynomialTransform(params)),
  pca: (params) => bound(pcaTransform(params)),
  'text-features': (params) => bound(textFeaturesTransform(params)),
  'text-clean': (params) => bound(textCleanTransform(params)),
  'select-features': (params) => bound(selectFeaturesTransform(params)),
  outliers: (params) => bound(outliersTransform(params)),
}

/** The transform of a step, whose parameters are checked again: a table may come from elsewhere. */
export function transformOf({ transform, params }: Pick<RecipeStep, 'transform' | 'params'>): BoundTransform {
  if (!isTransform(transform)) throw recipeError('unknown-transform', { transform })
  const step = { transform, params: transformParams[transform].parse(params) } as TransformStep
  const make = transforms[transform] as (params: TransformParams) => MadeTransform
  return { step, ...make(step.params) }
}

function isTransform(name: string): name is TransformName {
  return Object.hasOwn(transforms, name)
}

function encodeTransform(params: TransformParams<'encode'>): MadeTransform {
  switch (params.method) {
    case 'one-hot':
      return bound(oneHotTransform(params))
    case 'ordinal':
      return bound(ordinalTransform(params))
    case 'frequency':
      return bound(frequencyTransform(params))
    case 'binary':
      return bound(binaryEncodeTransform(params))
    case 'hashing':
      return bound(hashingTransform(params))
    case 'target':
      return bound(targetEncodeTransform(params))
  }
}

function scalingTransform(params: TransformParams<'scale'>): MadeTransform {
  switch (params.method) {
    case 'standard':
    case 'min-max':
    case 'robust':
      return bound(scaleTransform(params))
    case 'quantile':
      return bound(quantileScaleTransform(params))
    case 'yeo-johnson':
    case 'box-cox':
      return bound(powerTransform(params))
  }
}

/** Lets the type of the state go. */
function bound<State extends Json>(transform: Transform<State>): MadeTransform {
  return {
    fit: transform.fit,
    elementsOf: (column, state) => transform.elementsOf?.(column, state as State) ?? [],
    emit: (graph, state) => transform.emit(graph, state as State),
  }
}
