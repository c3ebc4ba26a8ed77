import type { PipelineDocument } from '../../contract/document.ts'
import type { Finding } from '../../core/finding.ts'
import { pipelineLimits } from '../../core/pipeline.ts'
import { placeInJson } from '../../core/read-json.ts'
import type { Output } from './output.ts'
import { harmless } from './terminal/text-width.ts'

/** What a check found, a few lines each: errors first. */
export function printFindings(
  findings: readonly Finding[],
  options: { output: Output; document: PipelineDocument; file: string },
): void {
  const { output, document, file } = options
  const { red, yellow, dim } = output.errorStyle
  const errors = findings.filter(({ severity }) => severity === 'error')
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  for (const finding of [...errors, ...warnings]) {
    const head = finding.severity === 'error' ? red('error:') : yellow('warning:')
    const where = [finding.at?.node, finding.at?.param ?? finding.at?.port ?? finding.edge]
      .filter((part) => part !== undefined)
      .join('.')
    output.remark(`${head} ${harmless(where === '' ? finding.message : `${where}: ${finding.message}`)}`)
    output.remark(`  ${harmless(finding.remedy)} ${dim(`(${file}:${lineOf(finding, document.text)})`)}`)
  }
}

/** What is wrong with data that a model should answer for: there is no pipeline file to point to. */
export function printDataFindings(
  findings: readonly Finding[],
  { output, file }: { output: Output; file: string },
): void {
  const { red, dim } = output.errorStyle
  for (const { severity, message, remedy } of findings) {
    if (severity !== 'error') continue
    output.remark(`${red('error:')} ${harmless(message)}`)
    output.remark(`  ${harmless(remedy)} ${dim(`(${file})`)}`)
  }
}

/** The nearest line of the file that the finding is about. */
function lineOf({ at, edge }: Finding, text: string): number {
  if (at) {
    // What stands in a sub-pipeline is found at the node that stands for it.
    const [node = '', ...inside] = at.node.split('/')
    const isAtParam = at.param !== undefined && inside.length === 0
    const path = ['nodes', node, ...(isAtParam ? ['params', ...at.param!.split('.')] : [])]
    return placeInJson(text, path, pipelineLimits).line
  }
  const lines = text.split('\n')
  const found = edge === undefined ? -1 : lines.findIndex((line) => line.includes(JSON.stringify(edge)))
  return found + 1 || 1
}
