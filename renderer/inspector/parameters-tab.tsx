import { ChevronRight } from 'lucide-react'
import { Fragment, useMemo, useState } from 'react'
import { answersOf, type AnswerKind } from '../../src/core/columns.ts'
import type { Json } from '../../src/core/pipeline.ts'
import { useStore } from '../state/store.ts'
import { classNames } from '../ui/class-names.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { FieldControl } from './fields/field-control.tsx'
import { FieldRenderersContext } from './fields/field-renderers.ts'
import { FieldRow } from './fields/field-row.tsx'
import { fieldsOf, type Field } from './form/field-model.ts'
import { problemsAtParams } from './form/field-problems.ts'
import { FormContext, type FormFacts } from './form/form-context.ts'
import { makeParameterEdits } from './form/make-parameter.ts'
import { splitFields } from './form/split-fields.ts'
import type { SelectedNode } from './selected-node.ts'
import { VaryParameter } from './vary-parameter.tsx'

const renderers = { Row: FieldRow, Control: FieldControl }

/** The form of a node’s parameters, made from their schema. */
export function ParametersTab({ selected }: { selected: SelectedNode }) {
  const { definition, node } = selected
  const fields = useMemo(() => (definition ? fieldsOf(definition.params) : []), [definition])
  const facts = useFormFacts(selected)
  if (!definition) {
    return (
      <EmptyState title="This kind of node is not known here">
        “{node.type}” comes from another version of Pipewright. Its parameters are kept as they are.
      </EmptyState>
    )
  }
  if (fields.length === 0) return <EmptyState title="Nothing to set">This node has no parameters.</EmptyState>
  return (
    <FieldRenderersContext value={renderers}>
      <FormContext value={facts}>
        <ParameterForm selected={selected} fields={fields} />
      </FormContext>
    </FieldRenderersContext>
  )
}

function useFormFacts({
  id,
  node,
  document,
  pipelinePath,
  described,
  findings,
  run,
}: SelectedNode): FormFacts {
  const applyEdits = useStore((state) => state.applyEdits)
  return useMemo(() => {
    const shapes = described && { inputs: described.inputShapes, outputs: described.outputs }
    const feeding = document.edges.find((edge) => edge.split(' -> ')[1]!.startsWith(`${id}.`))
    const [from, port] = feeding?.split(' -> ')[0]!.split('.') ?? []
    const output = from === undefined ? undefined : run?.steps[from]?.outputs[port!]
    return {
      node: id,
      params: node.params,
      shapes,
      problems: problemsAtParams(findings, { node: id, params: node.params }),
      parameters: document.parameters,
      pipelinePath,
      incomingTable: output?.kind === 'table' ? output.hash : null,
      makeParameter: (field, path, value) => {
        applyEdits(
          `Make “${field.title}” a parameter`,
          makeParameterEdits({ document, node: id, field, path, value }),
        )
      },
    }
  }, [id, node, document, pipelinePath, described, findings, run, applyEdits])
}

function ParameterForm({ selected, fields }: { selected: SelectedNode; fields: readonly Field[] }) {
  const { id, node } = selected
  const applyEdits = useStore((state) => state.applyEdits)
  // Once for a node: a field must not move away while it is filled in.
  const [{ shown, more }] = useState(() => splitFields(fields, node.params, answersIn(selected.described)))
  const set = (field: Field, value: Json | undefined): void => {
    const place = { node: id, path: [field.name], ...(value !== undefined && { value }) }
    applyEdits(`Set “${field.title}”`, [{ kind: 'set-param', ...place }])
  }
  const row = (field: Field) => (
    <Fragment key={field.name}>
      <FieldRow
        field={field}
        path={[field.name]}
        value={node.params[field.name]}
        onChange={(value) => set(field, value)}
      />
      {node.type === 'training.tune' && field.name === 'space' && <VaryParameter selected={selected} />}
    </Fragment>
  )
  return (
    <form
      aria-label="Parameters"
      className="flex flex-col gap-4 px-3 pt-2 pb-8"
      onSubmit={(event) => event.preventDefault()}
    >
      {shown.map(row)}
      {more.length > 0 && <More count={more.length}>{more.map(row)}</More>}
    </form>
  )
}

/** What the models answer with that a node makes or takes; null where that is not known. */
function answersIn(described: SelectedNode['described']): AnswerKind | null {
  const shapes = described
    ? [...Object.values(described.outputs), ...Object.values(described.inputShapes).flat()]
    : []
  const models = shapes.filter((shape) => shape.kind === 'model')
  const answers = models.map(({ answers, task }) => answers ?? (task === null ? null : answersOf(task)))
  return answers.find((each) => each !== null) ?? null
}

function More({ count, children }: { count: number; children: React.ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-2">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-8 items-center gap-1.5 rounded-md text-ink-soft hover:text-ink"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={classNames('transition-transform', isOpen && 'rotate-90')}
        />
        {count} more {count === 1 ? 'parameter' : 'parameters'}
      </button>
      {isOpen && children}
    </section>
  )
}
