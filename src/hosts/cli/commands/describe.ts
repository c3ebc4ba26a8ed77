import type { PipelineDescription } from '../../../contract/pipelines-contract.ts'
import type { Column, Shape } from '../../../core/columns.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import type { Output } from '../output.ts'
import { parseParameters } from '../parse-parameters.ts'
import { printFindings } from '../print-findings.ts'
import type { CheckOptions } from '../program/options.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { countOf } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { harmless } from '../terminal/text-width.ts'
import { resolvePathParameters } from '../resolve-path-parameters.ts'
import { withHostToLook } from '../with-host-to-look.ts'

export async function describe(
  context: CommandContext,
  options: CheckOptions & { file: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  context.file = options.file
  const given = parseParameters(options.param)
  const document = await readPipelineFile(options.file, cwd)
  const parameters = resolvePathParameters(given, { document, cwd })
  const look = { file: document.path, named: options.workspace }
  const described = await withHostToLook(context, look, ({ client }) =>
    client.pipelines.describe({ document, parameters }, { signal: context.interrupts.first }),
  )
  if (options.json) output.json(described)
  else {
    printDescription(described, output)
    printFindings(described.findings, { output, document, file: options.file })
  }
  return exitCodes.done
}

function printDescription(pipeline: PipelineDescription, output: Output): void {
  const { style } = output
  output.line(style.bold(harmless(pipeline.name)))
  if (pipeline.description !== null) output.line(harmless(pipeline.description))
  if (pipeline.parameters.length > 0) {
    output.line('\nParameters')
    const rows = pipeline.parameters.map(({ name, type, default: value, description }) => [
      `  ${name}`,
      type,
      value === null ? '(must be given)' : String(value),
      description ?? '',
    ])
    output.lines(
      formatTable({
        columns: [{ title: '  name' }, { title: 'type' }, { title: 'value' }, { title: '' }],
        rows,
        width: output.width,
      }),
    )
  }
  for (const node of pipeline.nodes) {
    const state = node.state === 'runs' ? '' : ` (${node.state})`
    const from = node.inputs.length === 0 ? '' : `  ← ${node.inputs.join(', ')}`
    output.line(`\n${style.bold(node.id)}${state}  ${style.dim(`${harmless(node.title)}${from}`)}`)
    for (const [port, shape] of Object.entries(node.outputs)) printShape(port, shape, output)
  }
  output.line()
}

function printShape(port: string, shape: Shape, output: Output): void {
  switch (shape.kind) {
    case 'table': {
      if (!shape.known) return output.line(`  ${port}: a table whose columns are not known yet`)
      const split = shape.split === null ? '' : `, split into ${shape.split.join(', ')}`
      output.line(`  ${port}: ${countOf(shape.columns.length, 'column')}${split}`)
      const rows = shape.columns.map((column) => [`    ${column.name}`, typeOf(column), column.role])
      const columns = [{ title: '    column' }, { title: 'type' }, { title: 'role' }]
      return output.lines(formatTable({ columns, rows, width: output.width }).map(output.style.dim))
    }
    case 'model': {
      const about = [taskOf(shape), shape.target !== null && `of ${shape.target}`]
      return output.line(`  ${port}: a model, ${about.filter(Boolean).join(' ')}`)
    }
    case 'report':
      return output.line(`  ${port}: a report`)
  }
}

/** How many classes there are may only be known when the target has been read. */
function taskOf({ task, answers }: Extract<Shape, { kind: 'model' }>): string {
  if (task !== null) return task
  return answers === 'classes' ? 'classification' : 'task not known yet'
}

function typeOf({ type, elements }: Column): string {
  return elements === undefined ? type : `${type} of ${elements.length}`
}
