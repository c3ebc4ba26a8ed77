import { Button } from '../../ui/button.tsx'
import { blankValue } from '../form/blank-value.ts'
import type { Field, FieldOf } from '../form/field-model.ts'
import { ChoiceControl } from './choice-control.tsx'
import { ChoicesControl } from './choices-control.tsx'
import { ColumnControl } from './column-control.tsx'
import { ColumnsControl } from './columns-control.tsx'
import { EitherControl } from './either-control.tsx'
import { ExpressionControl } from './expression-control.tsx'
import { FileControl } from './file-control.tsx'
import type { FieldProps } from './field-props.ts'
import type { FieldControlProps } from './field-renderers.ts'
import { JsonControl } from './json-control.tsx'
import { ListControl } from './list-control.tsx'
import { NumberControl } from './number-control.tsx'
import { ObjectControl } from './object-control.tsx'
import { QueryControl } from './query-control.tsx'
import { RecordControl } from './record-control.tsx'
import { RegisteredModelControl } from './registered-model-control.tsx'
import { ScalarControl } from './scalar-control.tsx'
import { SecretControl } from './secret-control.tsx'
import { SwitchControl } from './switch-control.tsx'
import { TextControl } from './text-control.tsx'
import { TupleControl } from './tuple-control.tsx'
import { UnionControl } from './union-control.tsx'
import { ValuesControl } from './values-control.tsx'

/** What a value is typed into or chosen in, by the kind of its field. */
export function FieldControl(props: FieldControlProps) {
  const { field, value, onChange } = props
  if (!field.isNullable || !isLarge(field)) return <Control {...props} />
  const isNone = (value ?? field.fallback ?? null) === null
  return isNone ? (
    <Button onClick={() => onChange(blankValue({ ...field, isNullable: false, fallback: undefined }))}>
      Set {field.title.toLowerCase()}
    </Button>
  ) : (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <Control {...props} />
      </div>
      <Button tone="quiet" className="-ml-2" onClick={() => onChange(null)}>
        Remove {field.title.toLowerCase()}
      </Button>
    </div>
  )
}

/** Of several fields, with no way to say “none” of their own. */
const isLarge = ({ field: { kind } }: Field): boolean =>
  kind === 'object' || kind === 'list' || kind === 'union' || kind === 'either' || kind === 'record'

function Control({ field, ...rest }: FieldControlProps) {
  const props = <Kind extends Field['field']['kind']>(kind: Kind): FieldProps<Kind> => ({
    ...rest,
    field: field as FieldOf<typeof kind>,
  })
  switch (field.field.kind) {
    case 'text':
      return <TextControl {...props('text')} />
    case 'number':
      return <NumberControl {...props('number')} />
    case 'switch':
      return <SwitchControl {...props('switch')} />
    case 'choice':
      return <ChoiceControl {...props('choice')} />
    case 'choices':
      return <ChoicesControl {...props('choices')} />
    case 'column':
      return <ColumnControl {...props('column')} />
    case 'columns':
      return <ColumnsControl {...props('columns')} />
    case 'file':
      return <FileControl {...props('file')} />
    case 'registered-model':
      return <RegisteredModelControl {...props('registered-model')} />
    case 'secret':
      return <SecretControl {...props('secret')} />
    case 'expression':
      return <ExpressionControl {...props('expression')} />
    case 'query':
      return <QueryControl {...props('query')} />
    case 'scalar':
      return <ScalarControl {...props('scalar')} />
    case 'values':
      return <ValuesControl {...props('values')} />
    case 'tuple':
      return <TupleControl {...props('tuple')} />
    case 'object':
      return <ObjectControl {...props('object')} />
    case 'list':
      return <ListControl {...props('list')} />
    case 'record':
      return <RecordControl {...props('record')} />
    case 'union':
      return <UnionControl {...props('union')} />
    case 'either':
      return <EitherControl {...props('either')} />
    case 'json':
      return <JsonControl {...props('json')} />
  }
}
