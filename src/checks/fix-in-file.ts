import { applyEdits } from '../core/apply-edit.ts'
import type { Edit } from '../core/edits.ts'
import { PipewrightError } from '../core/errors.ts'
import type { ExpandedPipeline } from '../core/expand-pipeline.ts'
import { levelOf, sourceOf, targetsOf, type Level } from '../core/expansion-level.ts'
import type { Finding } from '../core/finding.ts'
import { formatEdge, formatPort, parseEdge, type Port } from '../core/pipeline.ts'
import { freeNodeId } from './free-node-id.ts'

type Fix = NonNullable<Finding['fix']>

/**
 * A fix for an expanded pipeline as a fix for the file: edits inside a sub-pipeline become edits of its copy, an edge
 * across its border that of the edge outside. None where it would have to change another file, or more than it means.
 */
export function fixInFile(fix: Fix, expanded: ExpandedPipeline): Fix | undefined {
  const { top } = expanded
  // Whole sections are those of the file already.
  if (top.inner.size === 0 || fix.edits.every(({ kind }) => kind === 'set-field')) return fix
  const level = commonLevel(fix.edits, expanded)
  if (!level.isEditable) return undefined
  const edits = new Translator(level, expanded).translate(fix.edits)
  if (!edits) return undefined
  const inFile = wrapped(edits, level)
  return applies(inFile, expanded) ? { ...fix, edits: inFile } : undefined
}

/** Edits of a level as edits of the file. */
export function wrapped(edits: readonly Edit[], { outer }: Level): readonly Edit[] {
  if (!outer) return edits
  const { subpipeline, level } = outer
  return wrapped([{ kind: 'edit-subpipeline', subpipeline, edits: [...edits] }], level)
}

function applies(edits: readonly Edit[], { top }: ExpandedPipeline): boolean {
  try {
    applyEdits(top.pipeline, edits)
    return true
  } catch (thrown) {
    if (thrown instanceof PipewrightError) return false
    throw thrown
  }
}

/** The innermost level that has, at some depth, all nodes that edits speak of. */
function commonLevel(edits: readonly Edit[], { top, document }: ExpandedPipeline): Level {
  const known = edits.flatMap(nodesOf).filter((id) => Object.hasOwn(document.nodes, id))
  const [first, ...others] = known.map((id) => levelOf(top, id).level)
  let level = first ?? top
  while (others.some(({ prefix }) => !prefix.startsWith(level.prefix))) level = level.outer!.level
  return level
}

function nodesOf(edit: Edit): string[] {
  switch (edit.kind) {
    case 'add-node':
    case 'remove-node':
      return [edit.id]
    case 'rename-node':
      return [edit.from]
    case 'set-param':
    case 'set-node':
    case 'replace-node':
      return [edit.node]
    case 'add-edge':
    case 'remove-edge': {
      const { from, to } = parseEdge(edit.edge)
      return [from.node, to.node]
    }
    case 'move-nodes':
      return Object.keys(edit.positions)
    case 'make-subpipeline':
    case 'dissolve-subpipeline':
    case 'set-parameter':
    case 'set-field':
    case 'edit-subpipeline':
      return []
  }
}

/** Says edits of the expanded pipeline in the words of one of its levels. */
class Translator {
  readonly #level: Level
  readonly #expanded: ExpandedPipeline
  /** Ids of new nodes. */
  readonly #added = new Map<string, string>()
  /** Where edges were taken away: their index among all edges, and among those of the level. */
  readonly #indexes = new Map<number, number>()

  constructor(level: Level, expanded: ExpandedPipeline) {
    this.#level = level
    this.#expanded = expanded
  }

  /** Null where one of them cannot be said. */
  translate(edits: readonly Edit[]): Edit[] | null {
    const translated: Edit[] = []
    for (const edit of edits) {
      const own = this.#edit(edit)
      if (!own) return null
      translated.push(own)
    }
    return translated
  }

  #edit(edit: Edit): Edit | null {
    switch (edit.kind) {
      case 'add-node': {
        const id = freeNodeId(this.#level.pipeline, edit.id)
        this.#added.set(edit.id, id)
        return { ...edit, id }
      }
      case 'set-param':
      case 'set-node':
      case 'replace-node': {
        const node = this.#id(edit.node)
        return node === null ? null : { ...edit, node }
      }
      case 'remove-edge':
        return this.#removal(edit.edge)
      case 'add-edge':
        return this.#addition(edit.edge, edit.index)
      case 'remove-node':
      case 'rename-node':
      case 'move-nodes':
      case 'make-subpipeline':
      case 'dissolve-subpipeline':
      case 'set-parameter':
      case 'set-field':
      case 'edit-subpipeline':
        return this.#level.outer ? null : edit
    }
  }

  /** The id of a node of this very level. */
  #id(node: string): string | null {
    const added = this.#added.get(node)
    if (added !== undefined) return added
    const { level, id } = levelOf(this.#expanded.top, node)
    return level === this.#level ? id : null
  }

  #removal(edge: string): Edit | null {
    const origin = this.#expanded.origins.get(edge)
    if (!origin || origin.level !== this.#level || origin.count > 1) return null
    const index = this.#expanded.document.edges.indexOf(edge)
    this.#indexes.set(index, this.#level.pipeline.edges.indexOf(origin.edge))
    return { kind: 'remove-edge', edge: origin.edge }
  }

  #addition(edge: string, index: number | undefined): Edit | null {
    const { from, to } = parseEdge(edge)
    const source = this.#end(from, 'output')
    const target = this.#end(to, 'input')
    if (!source || !target) return null
    const at = index === undefined ? undefined : this.#indexes.get(index)
    return {
      kind: 'add-edge',
      edge: formatEdge({ from: source, to: target }),
      ...(at !== undefined && { index: at }),
    }
  }

  /** The port of this level that an inner port is, where it is that alone. */
  #end(port: Port, direction: 'input' | 'output'): Port | null {
    const own = this.#id(port.node)
    if (own !== null) return { node: own, port: port.port }
    const { prefix, inner } = this.#level
    const node = port.node.slice(prefix.length).split('/')[0]!
    const { inputs = {}, outputs = {} } = inner.get(node)?.pipeline ?? {}
    const name = Object.keys(direction === 'input' ? inputs : outputs).find((each) => {
      const outer = { node, port: each }
      const meant = direction === 'input' ? targetsOf(this.#level, outer) : [sourceOf(this.#level, outer)]
      return meant.length === 1 && meant[0] && formatPort(meant[0]) === formatPort(port)
    })
    return name === undefined ? null : { node, port: name }
  }
}
