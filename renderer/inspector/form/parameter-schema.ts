/** The part of JSON Schema that parameters come out as, with what a form needs beside it. */
export interface ParameterSchema {
  /** Several where a value may be of any of them. */
  type?: string | readonly string[]
  title?: string
  description?: string
  /** How a form asks, where the schema alone does not say it. */
  widget?: string
  unit?: string
  /** Of which models alone it says anything. */
  answers?: 'classes' | 'numbers'
  default?: unknown
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly ParameterSchema[]
  oneOf?: readonly ParameterSchema[]
  items?: ParameterSchema
  prefixItems?: readonly ParameterSchema[]
  properties?: Readonly<Record<string, ParameterSchema>>
  required?: readonly string[]
  additionalProperties?: ParameterSchema | boolean
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minItems?: number
  maxItems?: number
}
