import type { RecipeStep } from '../core/artifacts.ts'
import type { Json } from '../core/pipeline.ts'
import { transformParams, type TransformStep } from '../core/transforms/transform-step.ts'
import { recipeError } from './errors.ts'
import type { BoundTransform, Transform } from './transform.ts'
import { castTransform } from './transforms/cast.ts'
import { deriveTransform } from './transforms/derive.ts'
import { oneHotTransform } from './transforms/one-hot.ts'
import { ordinalTransform } from './transforms/ordinal.ts'
import { clipTransform } from './transforms/clip.ts'
import { logTransform } from './transforms/log.ts'
import { binTransform } from './transforms/bin.ts'
import { datePartsTransform } from './transforms/date-parts.ts'
import { imputeTransform } from './transforms/impute.ts'
import { renameTransform } from './transforms/rename.ts'
import { scaleTransform } from './transforms/scale.ts'

/** The transform of a step, whose parameters are checked again: a table may come from elsewhere. */
export function transformOf({ transform, params }: Pick<RecipeStep, 'transform' | 'params'>): BoundTransform {
  switch (transform) {
    case 'impute': {
      const step = { transform, params: transformParams.impute.parse(params) } as const
      return bind(step, imputeTransform(step.params))
    }
    case 'encode': {
      const step = { transform, params: transformParams.encode.parse(params) } as const
      return step.params.method === 'one-hot'
        ? bind(step, oneHotTransform(step.params))
        : bind(step, ordinalTransform(step.params))
    }
    case 'scale': {
      const step = { transform, params: transformParams.scale.parse(params) } as const
      return bind(step, scaleTransform(step.params))
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
    case 'rename': {
      const step = { transform, params: transformParams.rename.parse(params) } as const
      return bind(step, renameTransform(step.params))
    }
    default:
      throw recipeError('unknown-transform', { transform })
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
