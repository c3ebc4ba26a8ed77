import type { Json } from '../../../src/core/pipeline.ts'
import type { Field, FieldKind, FieldOf } from '../form/field-model.ts'
import type { FieldControlProps } from './field-renderers.ts'

/** What the control of a field of one kind is given; `undefined` as a value: the parameter is not set. */
export interface FieldProps<Kind extends FieldKind['kind']> extends FieldControlProps {
  field: FieldOf<Kind>
}

/** The value that counts. */
export const effective = (field: Field, value: Json | undefined): Json | undefined => value ?? field.fallback
