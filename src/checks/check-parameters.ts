import type { PipewrightError } from '../core/errors.ts'
import { levelOf } from '../core/expansion-level.ts'
import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest-name.ts'
import { ownValue } from '../core/own-value.ts'
import { pathInParams, valueAt } from '../core/param-path.ts'
import { wrapped } from './fix-in-file.ts'
import type { Inspection } from './inspection.ts'

/**
 * What is wrong with the pipeline's parameters, its sub-pipelines and the uses of both, as findings; nodes that do not
 * run do not count.
 */
export function parameterFindings(
  problems: readonly PipewrightError[],
  inspection: Pick<Inspection, 'document' | 'live' | 'expanded'>,
): Finding[] {
  const { document, live } = inspection
  const isOff = (id: string): boolean =>
    Object.hasOwn(document.nodes, id) && !Object.hasOwn(live.pipeline.nodes, id)
  return problems.flatMap((problem) => {
    const { at, code, message, remedy } = problem
    if (at && isOff(at.node)) return []
    const fix = referenceFix(problem, inspection) ?? refreshFix(problem, inspection)
    const report: Finding = {
      code: code.slice(code.indexOf('.') + 1),
      severity: 'error',
      ...(at && { at }),
      message,
      remedy,
      ...(fix && { fix }),
    }
    return [report]
  })
}

type Written = Pick<Inspection, 'document' | 'expanded'>

function referenceFix(
  { code, at, values }: PipewrightError,
  { expanded }: Written,
): Finding['fix'] | undefined {
  if (code !== 'pipeline.unknown-parameter' || at?.param === undefined) return undefined
  const { level, id } = levelOf(expanded.top, at.node)
  const name = String(values['name'])
  const near = nearestName(name, Object.keys(level.pipeline.parameters))
  const { params } = level.pipeline.nodes[id]!
  const path = pathInParams(params, at.param)
  const text = path && valueAt(params, path)
  if (near === undefined || typeof text !== 'string') return undefined
  const value = text.split(`\${${name}}`).join(`\${${near}}`)
  return {
    title: `Use “${near}”`,
    edits: [{ kind: 'set-param', node: at.node, path: [...path!], value }],
  }
}

/** Takes a file that a reference names as it is now. */
function refreshFix(
  { code, at, values }: PipewrightError,
  { expanded }: Written,
): Finding['fix'] | undefined {
  const { subpipeline, path, now } = values
  if (code !== 'pipeline.subpipeline-changed' || !at || typeof subpipeline !== 'string') return undefined
  const { level } = levelOf(expanded.top, at.node)
  const entry = ownValue(level.pipeline.subpipelines ?? {}, subpipeline)
  if (!level.isEditable || !entry || !('path' in entry) || typeof now !== 'string') return undefined
  const value = { ...level.pipeline.subpipelines, [subpipeline]: { path: entry.path, hash: now } }
  return {
    title: `Use “${String(path)}” as it is now`,
    edits: wrapped([{ kind: 'set-field', field: 'subpipelines', value }], level),
  }
}
