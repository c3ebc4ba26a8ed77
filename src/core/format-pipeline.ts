import { refuseTooLarge } from './document-limits.ts'
import {
  byCodeUnit,
  byRankThenCodeUnit,
  formatBlock,
  formatFields,
  formatJson,
  formatObject,
  type Spot,
} from './format-json.ts'
import { nodeSchema, pipelineSchema, type Pipeline, type PipelineNode, type Subpipeline } from './pipeline.ts'

type Field = keyof Pipeline
const pipelineFields = Object.keys(pipelineSchema.shape) as Field[]
const nodeFields = Object.keys(nodeSchema.shape) as (keyof PipelineNode)[]

/**
 * The one text of a pipeline, as a file holds it: equal pipelines give equal bytes. Nodes, parameters and edges keep
 * their order; everything else that has names is sorted by them. Throws when the text is larger than a file may be.
 */
export function formatPipeline(pipeline: Pipeline): string {
  const text = `${formatDocument(pipeline, '')}\n`
  refuseTooLarge(text)
  return text
}

function formatDocument(pipeline: Pipeline, indent: string): string {
  const present = pipelineFields.filter((field) => pipeline[field] !== undefined)
  return formatFields({
    indent,
    fields: present.map((field) => [field, (spot) => formatField(pipeline, field, spot)] as const),
  })
}

function formatField(pipeline: Pipeline, field: Field, spot: Spot): string {
  switch (field) {
    case 'format':
    case 'id':
    case 'name':
    case 'description':
    case 'seed':
      return formatJson(pipeline[field] ?? null, spot)
    case 'parameters':
      return inGivenOrder(pipeline.parameters, spot, (parameter, at) =>
        formatObject(parameter, { ...at, names: ['type', 'default', 'title', 'description'] }),
      )
    case 'inputs':
    case 'outputs':
      return inGivenOrder<readonly string[] | string>(pipeline[field] ?? {}, spot, (ports, at) =>
        formatJson(ports as string, at),
      )
    case 'nodes':
      return inGivenOrder(pipeline.nodes, spot, formatNode)
    case 'edges':
    case 'links':
      return formatLines(pipeline[field] ?? [], spot)
    case 'notes':
      return sorted(pipeline.notes, spot, (note, at) =>
        formatObject(note, { ...at, names: ['text', 'at', 'size'] }),
      )
    case 'groups':
      return sorted(pipeline.groups, spot, (group, at) =>
        formatObject(group, { ...at, names: ['title', 'nodes', 'collapsed'] }),
      )
    case 'subpipelines':
      return sorted(pipeline.subpipelines, spot, formatSubpipeline)
    case 'pins':
      return sorted(pipeline.pins, spot, (pin, at) =>
        formatObject(pin, { ...at, names: ['port', 'artifact'] }),
      )
    case 'checks':
      return formatChecks(pipeline.checks ?? [], spot)
    case 'automation':
      return formatObject(pipeline.automation ?? {}, { ...spot, names: ['schedules'] })
    case 'layout':
      return sorted(pipeline.layout, spot, formatJson)
  }
}

/** A node is a block, and so are its params: one of them a line. */
function formatNode(node: PipelineNode, { indent }: Spot): string {
  const present = nodeFields.filter((field) => node[field] !== undefined)
  return formatFields({
    indent,
    fields: present.map((field) => [
      field,
      field === 'params' ? (spot) => formatParams(node, spot) : (spot) => formatJson(node[field]!, spot),
    ]),
  })
}

function formatParams({ params }: PipelineNode, spot: Spot): string {
  const entries = Object.entries(params)
  return formatEntries(
    entries.toSorted(([a], [b]) => byRankThenCodeUnit(a, b)),
    spot,
    formatJson,
  )
}

function formatSubpipeline(subpipeline: Subpipeline, spot: Spot): string {
  if ('path' in subpipeline) return formatObject(subpipeline, { ...spot, names: ['path', 'hash'] })
  return formatFields({
    indent: spot.indent,
    fields: [['pipeline', ({ indent }) => formatDocument(subpipeline.pipeline, indent)]],
  })
}

function formatChecks(checks: NonNullable<Pipeline['checks']>, { indent }: Spot): string {
  const inner = `${indent}  `
  const names = ['node', 'metric', 'is', 'value', 'type', 'params']
  const members = checks.map((check) => formatObject(check, { indent: inner, used: inner.length, names }))
  return formatBlock({ brackets: '[]', indent, members })
}

function formatLines(texts: readonly string[], { indent }: Spot): string {
  return formatBlock({ brackets: '[]', indent, members: texts.map((text) => JSON.stringify(text)) })
}

type Write<Value> = (value: Value, spot: Spot) => string

function inGivenOrder<Value>(
  record: Readonly<Record<string, Value>>,
  spot: Spot,
  write: Write<Value>,
): string {
  return formatEntries(Object.entries(record), spot, write)
}

function sorted<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  spot: Spot,
  write: Write<Value>,
): string {
  const entries = Object.entries(record ?? {})
  return formatEntries(
    entries.toSorted(([a], [b]) => byCodeUnit(a, b)),
    spot,
    write,
  )
}

const formatEntries = <Value>(entries: [string, Value][], { indent }: Spot, write: Write<Value>): string =>
  formatFields({ indent, fields: entries.map(([name, value]) => [name, (spot) => write(value, spot)]) })
