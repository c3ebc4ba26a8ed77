import type { PredictionHandler, ServedModel } from '../handler.ts'
import { serverError } from '../server/errors.ts'

/** Whom a caller means. */
export interface Wanted {
  /** Of the endpoint, or of a model that it serves. */
  model: string
  /** As it stands in an address; the endpoint chooses where it is absent or empty. */
  version?: string | undefined
}

export interface Found {
  /** Whose signature the request is read by. */
  served: ServedModel
  /** To insist on; undefined where the endpoint's traffic rules choose. */
  version: number | undefined
  /** Every one that could answer. */
  candidates: readonly ServedModel[]
}

/** Those that answer: not shadows, nor what is only loaded, to be tried before it gets traffic. */
export function answering(handler: PredictionHandler): ServedModel[] {
  const returned = handler.versions.filter(({ role }) => role !== 'shadow')
  const weighted = returned.filter(({ weight }) => weight > 0)
  return weighted.length > 0 ? weighted : returned
}

/** The model that a request is for. Throws `protocol.unknown-model` or `protocol.unknown-version`. */
export function findServed(handler: PredictionHandler, { model, version }: Wanted): Found {
  const all = answering(handler)
  const ofName = model === handler.name ? all : all.filter((served) => served.model === model)
  const first = ofName.find(({ role }) => role === 'live') ?? ofName[0]
  if (!first) throw serverError('unknown-model', { model })
  if (version === undefined || version === '') {
    // A name that means only some of what is served is a choice of its own.
    const chosen = ofName.length === all.length ? undefined : first.version
    return { served: first, version: chosen, candidates: ofName }
  }
  const asked = ofName.find((served) => String(served.version) === version)
  if (!asked) throw serverError('unknown-version', { model, version })
  return { served: asked, version: asked.version, candidates: [asked] }
}

/** The model that speaks for the endpoint. */
export function firstServed(handler: PredictionHandler): ServedModel {
  return findServed(handler, { model: handler.name }).served
}
