import { createContext, use, type ComponentType } from 'react'
import type { Json } from '../../../src/core/pipeline.ts'
import type { Field } from '../form/field-model.ts'
import type { ParamPath } from '../form/field-problems.ts'

export interface FieldRowProps {
  field: Field
  path: ParamPath
  value: Json | undefined
  onChange: (value: Json | undefined) => void
}

export interface FieldControlProps extends FieldRowProps {
  /** Of the control that a label names. */
  id: string
  /** Its name where no label stands before it. */
  label?: string | undefined
  describedBy?: string | undefined
  invalid: boolean
}

/** How fields inside of fields are drawn: fields hold fields, and modules must not go in circles. */
export interface FieldRenderers {
  /** With label, description and problems. */
  Row: ComponentType<FieldRowProps>
  /** The control alone. */
  Control: ComponentType<FieldControlProps>
}

export const FieldRenderersContext = createContext<FieldRenderers | null>(null)

export function useFieldRenderers(): FieldRenderers {
  const renderers = use(FieldRenderersContext)
  if (!renderers) throw new Error('No form is around this field.')
  return renderers
}
