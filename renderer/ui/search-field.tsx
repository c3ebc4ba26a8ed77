import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { fieldClass } from './field-class.ts'

interface SearchFieldProps extends ComponentProps<'input'> {
  label: string
}

export function SearchField({ label, className, ...rest }: SearchFieldProps) {
  return (
    <div className={classNames('relative', className)}>
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        className={classNames(fieldClass, 'pl-8')}
        {...rest}
      />
    </div>
  )
}
