import { refuseTooManyNodes } from './document-limits.ts'
import { addEdge, removeEdge } from './edit-edges.ts'
import { addNode, moveNodes, removeNode, renameNode, replaceNode, setNode } from './edit-nodes.ts'
import { setParam } from './edit-param.ts'
import { setField, setParameter } from './edit-sections.ts'
import { copiedSubpipeline } from './edit-subpipelines.ts'
import { dissolveSubpipeline } from './dissolve-subpipeline.ts'
import { editSchema, type Edit, type Edited, type EditOf } from './edits.ts'
import { explainIssues } from './explain-issues.ts'
import { makeSubpipeline } from './make-subpipeline.ts'
import { pipelineError } from './pipeline-errors.ts'
import { pipelineLimits, unsafeKey, type Pipeline } from './pipeline.ts'

/** A changed copy that shares what did not change. Throws a PipewrightError when the edit does not fit. */
export function applyEdit(pipeline: Pipeline, edit: Edit): Edited {
  refuseUnsafe(edit)
  const checked = explainIssues(editSchema, edit)
  if (!checked.success) {
    const { message, remedy } = checked.explanations[0]!
    throw pipelineError('bad-edit', { problem: message, remedy })
  }
  return apply(pipeline, checked.data)
}

/** All edits or none, with the inverse of them together. */
export function applyEdits(pipeline: Pipeline, edits: readonly Edit[]): Edited {
  let edited = pipeline
  const inverses: (readonly Edit[])[] = []
  for (const edit of edits) {
    const step = applyEdit(edited, edit)
    edited = step.pipeline
    inverses.push(step.inverse)
  }
  return { pipeline: edited, inverse: inverses.toReversed().flat() }
}

function apply(pipeline: Pipeline, edit: Edit): Edited {
  switch (edit.kind) {
    case 'add-node': {
      refuseTooDeep(edit.node.params)
      const edited = addNode(pipeline, edit)
      refuseTooManyNodes(edited.pipeline)
      return edited
    }
    case 'remove-node':
      return removeNode(pipeline, edit)
    case 'rename-node':
      return renameNode(pipeline, edit)
    case 'set-node':
      return setNode(pipeline, edit)
    case 'replace-node':
      refuseTooDeep(edit.with.params)
      return replaceNode(pipeline, edit)
    case 'move-nodes':
      return moveNodes(pipeline, edit)
    case 'set-param':
      if (edit.path.includes(unsafeKey)) throw reserved(unsafeKey)
      refuseTooDeep(edit.value, edit.path.length)
      return setParam(pipeline, edit)
    case 'add-edge':
      return addEdge(pipeline, edit)
    case 'remove-edge':
      return removeEdge(pipeline, edit)
    case 'set-parameter':
      return setParameter(pipeline, edit)
    case 'make-subpipeline':
      return makeSubpipeline(pipeline, edit)
    case 'dissolve-subpipeline':
      return dissolveSubpipeline(pipeline, edit)
    case 'edit-subpipeline':
      return editSubpipeline(pipeline, edit)
    case 'set-field': {
      const edited = setField(pipeline, edit)
      if (edit.field === 'subpipelines') refuseTooManyNodes(edited.pipeline)
      return edited
    }
  }
}

function editSubpipeline(pipeline: Pipeline, { subpipeline, edits }: EditOf<'edit-subpipeline'>): Edited {
  const copy = copiedSubpipeline(pipeline, subpipeline)
  const inner = applyEdits(copy, edits)
  const edited = {
    ...pipeline,
    subpipelines: { ...pipeline.subpipelines, [subpipeline]: { pipeline: inner.pipeline } },
  }
  refuseTooManyNodes(edited)
  return {
    pipeline: edited,
    inverse: [{ kind: 'edit-subpipeline', subpipeline, edits: [...inner.inverse] }],
  }
}

/** Names that set a prototype and bottomless values, wherever they hide in what may not be an edit at all. */
function refuseUnsafe(value: unknown, depth = 1): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > pipelineLimits.depth) throw tooDeep()
  for (const key of Object.keys(value)) {
    if (key === unsafeKey) throw reserved(key)
    refuseUnsafe((value as Record<string, unknown>)[key], depth + 1)
  }
}

/** Params stand deep in a file already: three lists or objects are around them. */
function refuseTooDeep(value: unknown, around = 0): void {
  if (3 + around + nesting(value) > pipelineLimits.depth) throw tooDeep()
}

/** How many lists and objects lie inside one another. */
function nesting(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Object.values(value).reduce<number>((deepest, part) => Math.max(deepest, nesting(part)), 0)
}

const tooDeep = () =>
  pipelineError('bad-edit', {
    problem: `Lists and objects would be nested more than ${pipelineLimits.depth} deep.`,
    remedy: 'Flatten the value.',
  })

const reserved = (name: string) =>
  pipelineError('bad-edit', { problem: `The name “${name}” is reserved.`, remedy: 'Choose another name.' })
