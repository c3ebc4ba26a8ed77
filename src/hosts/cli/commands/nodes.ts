import { stages } from '../../../node-kit/define-node.ts'
import { valuesInWords, type JsonSchema } from '../../../node-kit/describe-values.ts'
import type { NodeDescription } from '../../../contract/nodes-contract.ts'
import { openCatalogue } from '../../open-catalogue.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import type { Output } from '../output.ts'
import { formatTable } from '../terminal/format-table.ts'
import { wrapText } from '../terminal/wrap-text.ts'

export async function listNodes(context: CommandContext, options: { json: boolean }): Promise<ExitCode> {
  const { output } = context
  const { nodes } = await (await openCatalogue(context)).nodes.list()
  if (options.json) output.json({ nodes })
  else {
    const rows = stages.flatMap((stage) =>
      nodes.filter((node) => node.stage === stage).map(({ id, title, summary }) => [id, title, summary]),
    )
    const columns = [{ title: 'type' }, { title: 'title' }, { title: 'what it does' }]
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

export async function showNode(
  context: CommandContext,
  options: { id: string; json: boolean },
): Promise<ExitCode> {
  const node = await (await openCatalogue(context)).nodes.show({ id: options.id })
  if (options.json) context.output.json(node)
  else printNode(node, context.output)
  return exitCodes.done
}

function printNode(node: NodeDescription, output: Output): void {
  const { bold, dim } = output.style
  const width = Math.min(output.width ?? 100, 100)
  output.line(`${bold(node.title)}  ${dim(`${node.id}, version ${node.version}`)}`)
  output.line()
  for (const paragraph of node.description.split('\n\n')) {
    output.lines(wrapText(paragraph, { width }))
    output.line()
  }
  printPorts('Inputs', node.inputs, output)
  printPorts('Outputs', node.outputs, output)
  printParams(node, output, width)
  const [example] = node.examples
  if (example) {
    output.lines([bold('Example'), `  ${example.title}`, ''])
    output.lines(
      JSON.stringify({ type: node.id, version: node.version, params: example.params }, null, 2)
        .split('\n')
        .map((line) => `  ${line}`),
    )
  }
}

function printPorts(title: string, ports: NodeDescription['inputs'], output: Output): void {
  if (Object.keys(ports).length === 0) return
  const rows = Object.entries(ports).map(([name, { type, many, optional, description }]) => [
    `  ${name}`,
    [type, many && 'any number', optional && 'optional'].filter(Boolean).join(', '),
    description ?? '',
  ])
  const columns = [{ title: `  ${title.toLowerCase()}` }, { title: 'type' }, { title: '' }]
  const [, ...lines] = formatTable({ columns, rows, width: output.width })
  output.lines([output.style.bold(title), ...lines, ''])
}

function printParams(node: NodeDescription, output: Output, width: number): void {
  const { properties = {}, required = [] } = node.params as JsonSchema
  const { bold, dim } = output.style
  if (Object.keys(properties).length === 0) return
  output.line(bold('Parameters'))
  for (const [name, schema] of Object.entries(properties)) {
    const byDefault = schema.default === undefined ? '' : `; ${JSON.stringify(schema.default)} by default`
    const must = required.includes(name) ? '; must be given' : byDefault
    output.line(`  ${name}  ${dim(`${valuesInWords(schema).replaceAll('`', '')}${must}`)}`)
    output.lines(wrapText(schema.description ?? '', { width, indent: 4 }))
  }
  output.line()
}
