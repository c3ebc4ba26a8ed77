import type { registeredModelSchema } from '../../src/contract/models-contract.ts'
import type { z } from 'zod'

export type RegisteredModelData = z.infer<typeof registeredModelSchema>

/** What can be referred to: aliases first, as they follow the model that is the best one at a time. */
export function referencesOf(
  models: readonly RegisteredModelData[],
  current: string,
): { value: string; title: string; detail?: string }[] {
  const known = models.flatMap(({ name, aliases, latest }) => [
    ...Object.entries(aliases).map(([alias, version]) => ({
      value: `${name}@${alias}`,
      title: `${name}@${alias}`,
      detail: `Now version ${version}; follows the alias.`,
    })),
    { value: name, title: name, detail: `Always the newest, now version ${latest.version}.` },
    ...Array.from({ length: latest.version }, (_, index) => latest.version - index)
      .slice(0, mostVersions)
      .map((version) => ({ value: `${name}:${version}`, title: `${name}:${version}` })),
  ])
  if (current === '' || known.some(({ value }) => value === current)) return known
  return [{ value: current, title: current }, ...known]
}

/** Older ones are hardly served anew. */
const mostVersions = 20

/** A name for an endpoint of a model: “Telco churn@champion” → `telco-churn`. */
export function endpointName(reference: string): string {
  const [model = ''] = reference.split(/[@:]/)
  return model
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '')
}
