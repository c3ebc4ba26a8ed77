import { sha256OfText } from '../files/sha256.ts'
import type { ModelMapping } from '../contract/model-import.ts'
import type { Json, Pipeline } from '../core/pipeline.ts'
import { literalText } from './literal-text.ts'

/** The pipeline that takes in a foreign model and registers it, so that the registry knows where it came from. */
export function importPipeline(request: {
  name: string
  aliases: readonly string[]
  /** Absolute. */
  path: string
  reference?: string | undefined
  mapping: ModelMapping
  /** Of a node type, as this Pipewright has it. */
  versionOf: (type: string) => number
}): Pipeline {
  const { name, aliases, path, reference, mapping, versionOf } = request
  const node = (type: string, params: Record<string, Json>) => ({ type, version: versionOf(type), params })
  return {
    format: 1,
    id: `import-${sha256OfText(name).slice(0, 16)}`,
    name: `Import ${name}`,
    seed: 0,
    parameters: {},
    nodes: {
      ...(reference !== undefined && { reference: node('ingestion.file', { path: literalText(reference) }) }),
      import: node('serving.import-model', { ...literalsOf(mapping), path: literalText(path) }),
      register: node('serving.register', { name, aliases: [...aliases] }),
    },
    edges: [
      ...(reference === undefined ? [] : ['reference.table -> import.reference']),
      'import.model -> register.model',
    ],
    layout: {},
  }
}

function literalsOf({ columns, types, labels, ...texts }: ModelMapping): Record<string, Json> {
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literalText(text)])),
    ...(columns && { columns: columns.map(literalText) }),
    ...(labels && { labels: labels.map(literalText) }),
    ...(types && { types }),
  }
}
