import { checkTypes, endpointCheckSchema } from '../core/endpoint-check.ts'
import { explainIssues } from '../core/explain-issues.ts'
import type { Finding } from '../core/finding.ts'
import { didYouMean } from '../core/nearest-name.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { finding } from './findings.ts'

type Check = NonNullable<Pipeline['checks']>[number]

/** Checks by name that mean nothing, or lack something. */
export function sectionFindings({ checks = [] }: Pipeline): Finding[] {
  return checks.flatMap((check, index) => ('type' in check ? namedCheckFindings(check, index) : []))
}

function namedCheckFindings(check: Extract<Check, { type: string }>, index: number): Finding[] {
  const place = index + 1
  if (!(checkTypes as readonly string[]).includes(check.type)) {
    const remedy = didYouMean(check.type, checkTypes, `There are: ${checkTypes.join(', ')}.`)
    return [finding('unknown-check', { place, type: check.type, remedy }, {})]
  }
  const read = explainIssues(endpointCheckSchema, check, 'parameter')
  if (read.success) return []
  const { path, message, remedy } = read.explanations[0]!
  return [finding('bad-check', { place, type: check.type, path: path.join('.'), message, remedy }, {})]
}
