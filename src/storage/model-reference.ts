import { registeredName } from '../core/registered-name.ts'
import { registryError } from './errors.ts'

/** How a registered model is named: its latest version, one by alias, or one by number. */
export type ModelReference =
  | { model: string; by: 'latest' }
  | { model: string; by: 'alias'; alias: string }
  | { model: string; by: 'version'; version: number }

const aliasPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

/** Reads `name`, `name@alias` or `name:version`; a `registry.bad-reference` error for anything else. */
export function parseModelReference(reference: string): ModelReference {
  const [model = '', mark, rest = ''] = reference.split(/([@:])(.*)$/su)
  if (!registeredName.pattern.test(model)) throw registryError('bad-reference', { reference })
  if (mark === undefined) return { model, by: 'latest' }
  if (mark === '@' && aliasPattern.test(rest))
    return rest === 'latest' ? { model, by: 'latest' } : { model, by: 'alias', alias: rest }
  if (mark === ':' && /^[1-9]\d{0,8}$/.test(rest)) return { model, by: 'version', version: Number(rest) }
  throw registryError('bad-reference', { reference })
}

export function checkModelName(name: string): void {
  if (!registeredName.pattern.test(name)) throw registryError('bad-name', { name })
}

export function checkAlias(alias: string): void {
  if (!aliasPattern.test(alias) || alias === 'latest') throw registryError('bad-alias', { alias })
}
