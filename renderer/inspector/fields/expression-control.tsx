import { lazy, Suspense } from 'react'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { columnsForField } from '../form/incoming-columns.ts'
import { useForm } from '../form/form-context.ts'
import { useDraft } from '../form/use-draft.ts'
import { ExpressionPreview } from './expression-preview.tsx'
import { effective, type FieldProps } from './field-props.ts'

const ExpressionEditor = lazy(async () => ({
  default: (await import('../code/expression-editor.tsx')).ExpressionEditor,
}))

/** An expression, checked with every key against the columns that come in. */
export function ExpressionControl(props: FieldProps<'expression'>) {
  const { field, value, onChange, id, label = field.title, describedBy, invalid } = props
  const { shapes, incomingTable } = useForm()
  const { columns, known } = columnsForField(shapes, field.name)
  const shown = effective(field, value)
  const draft = useDraft(typeof shown === 'string' ? shown : '', (typed) =>
    onChange(typed === '' && !field.isRequired ? undefined : typed),
  )
  const isBlank = draft.text.trim() === ''
  const checked = known && !isBlank ? checkExpression(draft.text, columns) : null
  const problem = checked && 'problem' in checked ? checked.problem : null
  const position = problem?.values['position']
  const plain = (
    <TextArea
      id={id}
      aria-label={label}
      rows={2}
      invalid={invalid}
      value={draft.text}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.leave}
    />
  )
  return (
    <div className="flex flex-col gap-1">
      <ErrorBoundary fallback={plain}>
        <Suspense fallback={plain}>
          <ExpressionEditor
            id={id}
            label={label}
            value={draft.text}
            columns={columns}
            problemAt={typeof position === 'number' ? position - 1 : null}
            onChange={draft.change}
            onBlur={draft.leave}
          />
        </Suspense>
      </ErrorBoundary>
      <div aria-live="polite" className="text-xs" id={describedBy && `${describedBy}-check`}>
        {problem && (
          <p className="text-bad">
            {problem.message} <span className="text-ink-soft">{problem.remedy}</span>
          </p>
        )}
        {checked && 'expression' in checked && (
          <p className="text-ink-faint">Gives {wordOf(checked.expression.type)}.</p>
        )}
      </div>
      {checked && 'expression' in checked && incomingTable && (
        <ExpressionPreview artifact={incomingTable} text={draft.text} />
      )}
    </div>
  )
}

const words: Readonly<Record<string, string>> = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  text: 'a text',
  date: 'a date',
  datetime: 'a date and time',
}
const wordOf = (type: string): string => words[type] ?? type
