import { z } from 'zod'
import type { AnyNodeDefinition, NodeExample, PortDefinition, Ports } from './define-node.ts'
import { describeValues, type JsonSchema } from './describe-values.ts'
import type { ErrorEntry } from '../core/errors.ts'

/** The page of a node in the reference, as Markdown: everything its definition says. */
export function referencePage(definition: AnyNodeDefinition): string {
  const { id, version, title, summary, description, keywords } = definition as {
    [Field in 'id' | 'title' | 'summary' | 'description']: string
  } & { version: number; keywords: readonly string[] }
  const sections = [
    `# ${title}`,
    `\`${id}\`, version ${version}`,
    summary,
    description,
    ports('Inputs', definition.inputs as Ports),
    ports('Outputs', definition.outputs as Ports),
    parameters(definition),
    failures(definition.failures as Readonly<Record<string, ErrorEntry>>),
    examples(definition.examples),
    `Also found as: ${keywords.join(', ')}.`,
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** The reference’s first page: every node with its summary, by stage. */
export function referenceIndex(definitions: readonly AnyNodeDefinition[]): string {
  const byStage = Map.groupBy(definitions, ({ id }) => id.split('.')[0]!)
  const stages = [...byStage].map(([stage, nodes]) => {
    const lines = nodes.map(({ id, title, summary }) => `- [${title}](${id}.md) (\`${id}\`): ${summary}`)
    return `## ${stage[0]!.toUpperCase()}${stage.slice(1)}\n\n${lines.join('\n')}`
  })
  const opening = '# Nodes\n\nWritten from the definitions in `nodes/` by `nodes/write-reference.ts`.'
  return `${[opening, ...stages].join('\n\n')}\n`
}

function ports(heading: string, given: Ports): string {
  const lines = Object.entries(given).map(
    ([name, port]) => `- \`${name}\` (${kindOf(port)}): ${textOf(port)}`,
  )
  return lines.length === 0 ? '' : `## ${heading}\n\n${lines.join('\n')}`
}

function kindOf({ type, many, optional }: PortDefinition): string {
  return `${type}${many ? ', one or more' : ''}${optional ? ', may be left open' : ''}`
}

const textOf = ({ title, description }: PortDefinition): string => description ?? `${title}.`

function parameters(definition: AnyNodeDefinition): string {
  const { properties = {}, required = [] } = z.toJSONSchema(definition.params as z.ZodType, {
    io: 'input',
  }) as JsonSchema
  const entries = Object.entries(properties)
  if (entries.length === 0) return ''
  const described = entries.map(([name, schema]) => parameter(name, schema, required.includes(name)))
  return `## Parameters\n\n${described.join('\n\n')}`
}

function parameter(name: string, schema: JsonSchema, isRequired: boolean): string {
  const { title = name, description = '', unit } = schema
  const fallback = schema.default === undefined ? '' : ` Default: \`${JSON.stringify(schema.default)}\`.`
  const said = isRequired ? ' Required.' : fallback
  const counted = unit === undefined ? '' : ` Unit: ${unit}.`
  return `### \`${name}\`: ${title}\n\n${description}${counted}${said}\n\n${describeValues(schema)}`
}

function failures(entries: Readonly<Record<string, ErrorEntry>>): string {
  const lines = Object.entries(entries).map(
    ([code, { message, remedy }]) => `- \`${code}\`: ${placeholders(message)} *${placeholders(remedy)}*`,
  )
  return lines.length === 0 ? '' : `## Errors\n\n${lines.join('\n')}`
}

const placeholders = (text: string): string => text.replace(/\{(\w+)\}/g, '…')

function examples(given: readonly NodeExample[]): string {
  const described = given.map(
    ({ title, params }) => `### ${title}\n\n\`\`\`json\n${JSON.stringify(params, null, 2)}\n\`\`\``,
  )
  return described.length === 0 ? '' : `## Examples\n\n${described.join('\n\n')}`
}
