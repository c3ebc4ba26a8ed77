import type { Edit, EditOf, Edited } from './edits.ts'
import { didYouMean } from './nearest-name.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import { parseEdge, parsePort, type Pipeline } from './pipeline.ts'

/** Sections that a `set-field` edit can replace. */
export type Section = EditOf<'set-field'>['field']

export function setField(pipeline: Pipeline, edit: EditOf<'set-field'>): Edited {
  return {
    pipeline: withSection(pipeline, edit.field, edit.value),
    inverse: [sectionAs(pipeline, edit.field)],
  }
}

/** The edit that makes a section what it is in a pipeline. */
export function sectionAs(pipeline: Pipeline, field: Section): Edit {
  return { kind: 'set-field', field, value: pipeline[field] ?? null } as EditOf<'set-field'>
}

function withSection(pipeline: Pipeline, field: Section, value: EditOf<'set-field'>['value']): Pipeline {
  if (value !== null) return { ...pipeline, [field]: value }
  switch (field) {
    case 'name':
      return pipeline
    case 'seed':
      return { ...pipeline, seed: 0 }
    case 'edges':
      return { ...pipeline, edges: [] }
    case 'layout':
      return { ...pipeline, layout: {} }
    case 'description':
    case 'inputs':
    case 'outputs':
    case 'links':
    case 'notes':
    case 'groups':
    case 'subpipelines':
    case 'pins':
    case 'checks':
    case 'automation':
      return without(pipeline, field)
  }
}

export function setParameter(pipeline: Pipeline, edit: EditOf<'set-parameter'>): Edited {
  const { name, parameter, index } = edit
  const { parameters } = pipeline
  const old = ownValue(parameters, name) ?? null
  if (old === null && parameter === null) {
    const remedy = didYouMean(name, Object.keys(parameters), 'It may have been removed meanwhile.')
    throw pipelineError('unknown-parameter', { name, remedy })
  }
  const isTakenAway = parameter === null
  return {
    pipeline: {
      ...pipeline,
      parameters: isTakenAway ? without(parameters, name) : withEntry(parameters, [name, parameter], index),
    },
    inverse: [
      {
        kind: 'set-parameter',
        name,
        parameter: old,
        ...(isTakenAway && { index: Object.keys(parameters).indexOf(name) }),
      },
    ],
  }
}

/** A copy with an entry: in its old place if it has one, else at the index, else at the end. */
export function withEntry<Value>(
  record: Readonly<Record<string, Value>>,
  [name, value]: readonly [string, Value],
  index?: number,
): Record<string, Value> {
  if (Object.hasOwn(record, name) || index === undefined) return { ...record, [name]: value }
  return Object.fromEntries(Object.entries(record).toSpliced(index, 0, [name, value]))
}

/** A copy without a field that may be absent. */
export function without<Whole extends object>(whole: Whole, key: keyof Whole): Whole {
  const copy = { ...whole }
  delete copy[key]
  return copy
}

/** The sections that speak of a node, whether or not the node is there. */
export function sectionsNaming(pipeline: Pipeline, id: string): Section[] {
  const {
    inputs = {},
    outputs = {},
    edges,
    links = [],
    groups = {},
    pins = {},
    checks = [],
    layout,
  } = pipeline
  const named: Record<string, boolean> = {
    inputs: Object.values(inputs).some((ports) => ports.some((port) => parsePort(port).node === id)),
    outputs: Object.values(outputs).some((port) => parsePort(port).node === id),
    edges: edges.some((edge) => touches(edge, id)),
    links: links.some((link) => touches(link, id)),
    groups: Object.values(groups).some(({ nodes }) => nodes.includes(id)),
    pins: Object.hasOwn(pins, id),
    checks: checks.some((check) => 'node' in check && check.node === id),
    layout: Object.hasOwn(layout, id),
  }
  return (Object.keys(named) as Section[]).filter((section) => named[section])
}

export function touches(edge: string, id: string): boolean {
  const { from, to } = parseEdge(edge)
  return from.node === id || to.node === id
}
