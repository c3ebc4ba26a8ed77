import type { Finding } from '../core/finding.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { finding } from './findings.ts'

/** Sections of the file that are kept for later versions, so that nobody relies on what does not happen. */
export function sectionFindings({ pins = {}, checks = [] }: Pipeline): Finding[] {
  return [
    ...(Object.keys(pins).length > 0 ? [notCarriedOut.pins] : []),
    ...(checks.length > 0 ? [notCarriedOut.checks] : []),
  ].map((values) => finding('not-carried-out', values, {}))
}

const notCarriedOut = {
  pins: {
    section: 'pins',
    consequence: 'no output is compared with its pinned artifact',
    remedy: 'Compare runs with `pipewright runs compare`.',
  },
  checks: {
    section: 'checks',
    consequence: 'no run fails because of a check',
    remedy: 'Hold the metrics of `pipewright run` against your limits in the script that starts it.',
  },
} as const
