import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { fieldClass } from './field-class.ts'

interface TextAreaProps extends ComponentProps<'textarea'> {
  invalid?: boolean
}

export function TextArea({ invalid = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={3}
      aria-invalid={invalid || undefined}
      className={classNames(fieldClass, 'h-auto resize-y py-1.5', className)}
      {...rest}
    />
  )
}
