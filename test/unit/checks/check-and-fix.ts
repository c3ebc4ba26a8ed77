import { applyEdits } from '../../../src/core/apply-edit.ts'
import type { TableShape } from '../../../src/core/columns.ts'
import type { Finding } from '../../../src/core/finding.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { checkPipeline, type CheckRequest } from '../../../src/checks/check-pipeline.ts'
import { stubNodes, tableOf } from './stub-nodes.ts'

type More = Omit<Partial<CheckRequest>, 'pipeline'> & { tables?: Record<string, TableShape> }

/** Checks with the stub nodes; every source gives `a` and `b` unless told otherwise. */
export function check(pipeline: Pipeline, { tables, ...more }: More = {}) {
  const sources = Object.keys(pipeline.nodes).filter((id) => pipeline.nodes[id]!.type === 'ingestion.stub')
  const probed = new Map(sources.map((id) => [id, { table: tables?.[id] ?? tableOf('a', 'b') }]))
  return checkPipeline({ pipeline, definitions: stubNodes, probed, ...more })
}

export const codesOf = (pipeline: Pipeline, more: More = {}): string[] =>
  check(pipeline, more).findings.map(({ code, at }) => (at ? `${code} at ${at.node}` : code))

export function findingOf(code: string, pipeline: Pipeline, more: More = {}): Finding {
  const { findings } = check(pipeline, more)
  const found = findings.find((finding) => finding.code === code)
  if (!found) throw new Error(`no ${code} among ${JSON.stringify(findings, null, 1)}`)
  return found
}

/** Applies the fix of the first finding of a code; throws when the finding is there afterwards. */
export function fixed(code: string, pipeline: Pipeline, more: More = {}): Pipeline {
  const found = findingOf(code, pipeline, more)
  if (!found.fix) throw new Error(`${code} has no fix`)
  const after = applyEdits(pipeline, found.fix.edits).pipeline
  const left = check(after, more).findings.find(
    (finding) => finding.code === code && samePlace(finding, found),
  )
  if (left) throw new Error(`the fix leaves ${JSON.stringify(left)}`)
  return after
}

const samePlace = (one: Finding, other: Finding): boolean =>
  one.at?.node === other.at?.node && one.at?.param === other.at?.param && one.edge === other.edge
