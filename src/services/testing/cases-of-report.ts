import { z } from 'zod'
import type { TestCase } from '../../contract/test-case.ts'
import type { ReportData } from '../../core/artifacts.ts'

/** Reports that list what was expected one by one, each in words or as Great Expectations configures it. */
const listingSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      success: z.boolean(),
      severity: z.enum(['error', 'warning']),
      phrase: z.string().optional(),
      expectation_config: z
        .looseObject({ type: z.string(), kwargs: z.record(z.string(), z.json()) })
        .optional(),
      rows: z.number().optional(),
      unexpected: z.number().optional(),
      observed: z.number().nullish(),
      result: z
        .looseObject({
          element_count: z.number().optional(),
          unexpected_count: z.number().optional(),
          observed_value: z.json().optional(),
        })
        .optional(),
    }),
  ),
})
type Result = z.infer<typeof listingSchema>['results'][number]

/** A case for each thing that a report lists; null for a report that lists nothing of the kind. */
export function casesOfReport(suite: string, { content }: ReportData): TestCase[] | null {
  const listing = listingSchema.safeParse(content)
  if (!listing.success) return null
  return listing.data.results.map((result) => ({
    suite,
    name: nameOf(result),
    outcome: result.success ? 'passed' : result.severity === 'warning' ? 'warning' : 'failed',
    message: result.success ? null : foundText(result),
    durationMs: null,
  }))
}

function nameOf({ phrase, expectation_config: config }: Result): string {
  if (phrase !== undefined) return phrase
  const words = config?.type.replaceAll('_', ' ') ?? 'an expectation'
  const given = Object.entries(config?.kwargs ?? {}).filter(
    ([name, value]) => name !== 'mostly' && value !== false,
  )
  const told = given.map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return told.length === 0 ? words : `${words}: ${told.join(', ')}`
}

function foundText({ rows, unexpected, observed, result }: Result): string {
  const found = observed ?? result?.observed_value
  if (found !== undefined && found !== null) return `It is ${JSON.stringify(found)}.`
  const wrong = unexpected ?? result?.unexpected_count
  const all = rows ?? result?.element_count
  return wrong === undefined || all === undefined ? 'It is otherwise.' : `${wrong} of ${all} are otherwise.`
}
