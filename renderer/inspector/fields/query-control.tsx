import { lazy, Suspense } from 'react'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { useForm, type FormFacts } from '../form/form-context.ts'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

const QueryEditor = lazy(async () => ({ default: (await import('../code/query-editor.tsx')).QueryEditor }))

export function QueryControl({ field, value, onChange, id, label = field.title }: FieldProps<'query'>) {
  const facts = useForm()
  const shown = effective(field, value)
  const draft = useDraft(typeof shown === 'string' ? shown : '', onChange)
  const plain = (
    <TextArea
      id={id}
      aria-label={label}
      rows={8}
      value={draft.text}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.leave}
    />
  )
  return (
    <ErrorBoundary fallback={plain}>
      <Suspense fallback={plain}>
        <QueryEditor
          id={id}
          label={label}
          value={draft.text}
          tables={tablesOf(facts)}
          onChange={draft.change}
          onBlur={draft.leave}
        />
      </Suspense>
    </ErrorBoundary>
  )
}

/** The tables that come in, by what the query calls them: `names`, else input, input2 and so on. */
function tablesOf({ shapes, params }: FormFacts): Record<string, readonly string[]> {
  const { names } = params
  const tables = Object.values(shapes?.inputs ?? {})
    .flat()
    .filter((shape) => shape.kind === 'table')
  return Object.fromEntries(
    tables.map(({ columns }, index) => {
      const given = Array.isArray(names) ? names[index] : undefined
      const name = typeof given === 'string' ? given : index === 0 ? 'input' : `input${index + 1}`
      return [name, columns.map((column) => column.name)]
    }),
  )
}
