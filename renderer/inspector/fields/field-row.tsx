import { CornerDownRight, Ellipsis, RotateCcw, Variable, X } from 'lucide-react'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import type { Finding } from '../../../src/core/finding.ts'
import type { Json } from '../../../src/core/pipeline.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import type { Field } from '../form/field-model.ts'
import { problemsOfField } from '../form/field-problems.ts'
import { useForm, type FormFacts } from '../form/form-context.ts'
import { columnsForField } from '../form/incoming-columns.ts'
import {
  parametersFor,
  parameterTypeFor,
  referencedParameter,
  referenceTo,
} from '../form/parameter-reference.ts'
import { FieldControl } from './field-control.tsx'
import type { FieldRowProps } from './field-renderers.ts'

/** A field with its label, what it means, what is wrong with it, and what else can be done with it. */
export function FieldRow(props: FieldRowProps) {
  const { field, path, value, onChange } = props
  const { node, problems, shapes } = useForm()
  const id = `${node}-${path.join('-')}`
  const mine = problemsOfField(problems, { path, shownBelow: fieldsBelow(field) })
  const reference = referencedParameter(value)
  const isFlat = field.field.kind === 'switch' && (field.fallback !== undefined || field.isRequired)
  const control =
    reference === null ? (
      <FieldControl
        {...props}
        id={id}
        describedBy={field.description === '' ? undefined : `${id}-text`}
        invalid={mine.some(({ finding }) => finding.severity === 'error')}
      />
    ) : (
      <Reference name={reference} onDetach={onChange} />
    )
  return (
    <div className="group flex flex-col gap-1" data-field={path.join('.')}>
      <div className="flex min-h-7 items-center gap-1.5">
        <label htmlFor={id} className="font-medium">
          {field.title}
        </label>
        {field.isRequired && value === undefined && <span className="text-xs text-ink-faint">required</span>}
        <span className="flex-1" />
        {isFlat && control}
        <Choices {...props} />
      </div>
      {!isFlat && control}
      {mine
        .filter(({ finding }) => !isSaidByControl(finding, { field, value, shapes }))
        .map(({ finding }, index) => (
          <Problem key={index} finding={finding} />
        ))}
      {field.description !== '' && (
        <p id={`${id}-text`} className="text-xs text-ink-faint">
          {field.description}
        </p>
      )}
    </div>
  )
}

/** An expression is checked where it is typed, and says there what the check of the pipeline finds once more. */
function isSaidByControl(
  { message }: Finding,
  { field, value, shapes }: Pick<FieldRowProps, 'field' | 'value'> & Pick<FormFacts, 'shapes'>,
): boolean {
  if (field.field.kind !== 'expression' || typeof value !== 'string') return false
  const { columns, known } = columnsForField(shapes, field.name)
  const checked = known ? checkExpression(value, columns) : null
  return checked !== null && 'problem' in checked && checked.problem.message === message
}

/** Which keys of a field’s value have rows of their own, where problems of theirs are shown. */
function fieldsBelow({ field }: Field): (key: string | number) => boolean {
  if (field.kind === 'object') return (key) => field.fields.some(({ name }) => name === key)
  if (field.kind === 'union')
    return (key) => field.alternatives.some(({ fields }) => fields.some(({ name }) => name === key))
  const hasRows = field.kind === 'list' && ['object', 'union'].includes(field.item.field.kind)
  return () => hasRows
}

function Choices({ field, path, value, onChange }: FieldRowProps) {
  const { parameters, makeParameter } = useForm()
  const used = referencedParameter(value)
  const offered = parametersFor(field, parameters).filter((name) => name !== used)
  const items: MenuItem[] = [
    {
      title: field.fallback === undefined ? 'Leave open' : 'Reset to default',
      icon: <RotateCcw size={14} />,
      disabled: value === undefined || field.isRequired,
      onSelect: () => onChange(undefined),
    },
    ...offered.map((name, index) => ({
      title: `Use ${referenceTo(name)}`,
      icon: <CornerDownRight size={14} />,
      startsGroup: index === 0,
      onSelect: () => onChange(referenceTo(name)),
    })),
    ...(used === null && parameterTypeFor(field) !== null
      ? [
          {
            title: 'Make it a parameter of the pipeline',
            icon: <Variable size={14} />,
            startsGroup: offered.length === 0,
            onSelect: () => makeParameter(field, path, value),
          },
        ]
      : []),
  ]
  return (
    <Menu items={items}>
      <IconButton label={`More for ${field.title}`} className="size-7 text-ink-faint">
        <Ellipsis size={15} />
      </IconButton>
    </Menu>
  )
}

function Reference({ name, onDetach }: { name: string; onDetach: (value: Json | undefined) => void }) {
  const { parameters } = useForm()
  const parameter = parameters[name]
  const value = parameter?.default
  return (
    <div className="flex h-8 items-center gap-2 rounded-md bg-accent-soft pl-2.5 text-accent-strong">
      <Variable size={14} aria-hidden />
      <span className="min-w-0 truncate">
        {referenceTo(name)}
        {value !== undefined && <span className="text-ink-soft"> = {String(value)}</span>}
      </span>
      <span className="flex-1" />
      <IconButton label={`Use the value instead of ${name}`} onClick={() => onDetach(value)}>
        <X size={14} />
      </IconButton>
    </div>
  )
}

function Problem({ finding }: { finding: Finding }) {
  const applyEdits = useStore((state) => state.applyEdits)
  const { message, remedy, severity, fix } = finding
  return (
    <div className={severity === 'error' ? 'text-xs text-bad' : 'text-xs text-warn'}>
      {message} <span className="text-ink-soft">{remedy}</span>
      {fix && (
        <Button
          tone="quiet"
          className="mt-0.5 -ml-2 h-7 px-2 text-xs"
          onClick={() => applyEdits(fix.title, fix.edits)}
        >
          {fix.title}
        </Button>
      )}
    </div>
  )
}
