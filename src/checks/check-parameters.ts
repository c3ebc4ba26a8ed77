import type { PipewrightError } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest-name.ts'
import { pathInParams, valueAt } from '../core/param-path.ts'
import type { Pipeline } from '../core/pipeline.ts'

/** What is wrong with the pipeline's parameters and their uses, as findings; nodes that do not run do not count. */
export function parameterFindings(
  problems: readonly PipewrightError[],
  { document, live }: { document: Pipeline; live: Pipeline },
): Finding[] {
  return problems.flatMap((problem) => {
    const { at, code, message, remedy } = problem
    if (at && !Object.hasOwn(live.nodes, at.node)) return []
    const fix = referenceFix(problem, document)
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

function referenceFix({ code, at, values }: PipewrightError, document: Pipeline): Finding['fix'] | undefined {
  if (code !== 'pipeline.unknown-parameter' || at?.param === undefined) return undefined
  const name = String(values['name'])
  const near = nearestName(name, Object.keys(document.parameters))
  const { params } = document.nodes[at.node]!
  const path = pathInParams(params, at.param)
  const text = path && valueAt(params, path)
  if (near === undefined || typeof text !== 'string') return undefined
  const value = text.split(`\${${name}}`).join(`\${${near}}`)
  return {
    title: `Use “${near}”`,
    edits: [{ kind: 'set-param', node: at.node, path: [...path!], value }],
  }
}
