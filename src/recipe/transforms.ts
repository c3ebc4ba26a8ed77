import type { RecipeStep } from '../core/artifacts.ts'
import type { Json } from '../core/pipeline.ts'
import { transformParams, type TransformStep } from '../core/transforms/transform-step.ts'
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
import { imputeTransform } from './transforms/impute.ts'
import { outliersTransform } from './transforms/outliers.ts'
import { renameTransform } from './transforms/rename.ts'
import { imputeByGroupTransform } from './transforms/impute-by-group.ts'
import { powerTransform } from './transforms/power.ts'
import { quantileScaleTransform } from './transforms/quantile-scale.ts'
import { selectFeaturesTransform } from './transforms/select-features.ts'
import { textCleanTransform } from './transforms/text-clean.ts'
import { scaleTransform } from './transforms/scale.ts'

/** The transform of a step, whose parameters are checked again: a table may come from elsewhere. */
export function transformOf({ transform, params }: Pick<RecipeStep, 'transform' | 'params'>): BoundTransform {
  switch (transform) {
    case 'impute': {
      const step = { transform, params: transformParams.impute.parse(params) } as const
      const { by } = step.params
      return by === undefined
        ? bind(step, imputeTransform(step.params))
        : bind(step, imputeByGroupTransform({ ...step.params, by }))
    }
    case 'encode': {
      const step = { transform, params: transformParams.encode.parse(params) } as const
      return encodeTransform(step)
    }
    case 'scale': {
      const step = { transform, params: transformParams.scale.parse(params) } as const
      return scalingTransform(step)
    }
    case 'cast': {
      const step = { transform, params: transformParams.cast.parse(params) } as const
      return bind(step, castTransform(step.params))
    }
    case 'derive': {
      const step = { transform, params: transformParams.derive.parse(params) } as const
      return bind(step, deriveTransform(step.params))
    }
    case 'clip': {
      const step = { transform, params: transformParams.clip.parse(params) } as const
      return bind(step, clipTransform(step.params))
    }
    case 'log': {
      const step = { transform, params: transformParams.log.parse(params) } as const
      return bind(step, logTransform(step.params))
    }
    case 'bin': {
      const step = { transform, params: transformParams.bin.parse(params) } as const
      return bind(step, binTransform(step.params))
    }
    case 'date-parts': {
      const step = { transform, params: transformParams['date-parts'].parse(params) } as const
      return bind(step, datePartsTransform(step.params))
    }
    case 'outliers': {
      const step = { transform, params: transformParams.outliers.parse(params) } as const
      return bind(step, outliersTransform(step.params))
    }
    case 'rename': {
      const step = { transform, params: transformParams.rename.parse(params) } as const
      return bind(step, renameTransform(step.params))
    }
    case 'polynomial': {
      const step = { transform, params: transformParams.polynomial.parse(params) } as const
      return bind(step, polynomialTransform(step.params))
    }
    case 'pca': {
      const step = { transform, params: transformParams.pca.parse(params) } as const
      return bind(step, pcaTransform(step.params))
    }
    case 'text-features': {
      const step = { transform, params: transformParams['text-features'].parse(params) } as const
      return bind(step, textFeaturesTransform(step.params))
    }
    case 'select-features': {
      const step = { transform, params: transformParams['select-features'].parse(params) } as const
      return bind(step, selectFeaturesTransform(step.params))
    }
    case 'text-clean': {
      const step = { transform, params: transformParams['text-clean'].parse(params) } as const
      return bind(step, textCleanTransform(step.params))
    }
    default:
      throw recipeError('unknown-transform', { transform })
  }
}

function encodeTransform(step: Extract<TransformStep, { transform: 'encode' }>): BoundTransform {
  const { params } = step
  switch (params.method) {
    case 'one-hot':
      return bind(step, oneHotTransform(params))
    case 'ordinal':
      return bind(step, ordinalTransform(params))
    case 'frequency':
      return bind(step, frequencyTransform(params))
    case 'binary':
      return bind(step, binaryEncodeTransform(params))
    case 'hashing':
      return bind(step, hashingTransform(params))
    case 'target':
      return bind(step, targetEncodeTransform(params))
  }
}

function scalingTransform(step: Extract<TransformStep, { transform: 'scale' }>): BoundTransform {
  const { params } = step
  switch (params.method) {
    case 'standard':
    case 'min-max':
    case 'robust':
      return bind(step, scaleTransform(params))
    case 'quantile':
      return bind(step, quantileScaleTransform(params))
    case 'yeo-johnson':
    case 'box-cox':
      return bind(step, powerTransform(params))
  }
}

function bind<State extends Json>(step: TransformStep, transform: Transform<State>): BoundTransform {
  return {
    step,
    fit: transform.fit,
    elementsOf: (column, state) => transform.elementsOf?.(column, state as State) ?? [],
    emit: (graph, state) => transform.emit(graph, state as State),
  }
}
