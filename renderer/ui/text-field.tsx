import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { fieldClass } from './field-class.ts'

interface TextFieldProps extends ComponentProps<'input'> {
  invalid?: boolean
}

export function TextField({ invalid = false, className, ...rest }: TextFieldProps) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      aria-invalid={invalid || undefined}
      className={classNames(fieldClass, className)}
      {...rest}
    />
  )
}
