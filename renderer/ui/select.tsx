import { Check, ChevronDown } from 'lucide-react'
import { Select as Primitive } from 'radix-ui'
import { classNames } from './class-names.ts'
import { fieldClass } from './field-class.ts'

interface SelectProps<Value extends string> {
  /** For screen readers; leave out where a label points at `id`. */
  label?: string
  id?: string
  value: Value
  options: readonly { value: Value; title: string; detail?: string }[]
  onChange: (value: Value) => void
  invalid?: boolean
  disabled?: boolean
  className?: string
}

/** Values must not be empty texts. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, id, value, options, onChange, invalid = false, disabled = false, className } = props
  return (
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Primitive.Trigger
        id={id}
        aria-label={label}
        aria-invalid={invalid || undefined}
        className={classNames(fieldClass, 'flex items-center justify-between gap-2 text-left', className)}
      >
        <span className="truncate">
          <Primitive.Value />
        </span>
        <Primitive.Icon className="text-ink-faint">
          <ChevronDown size={14} />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-auto rounded-lg border border-line bg-surface p-1 shadow-float"
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                className="relative flex cursor-default items-start gap-2 rounded-md py-1.5 pr-7 pl-2 text-sm outline-none data-[highlighted]:bg-hover"
              >
                <div>
                  <Primitive.ItemText>{option.title}</Primitive.ItemText>
                  {option.detail && <div className="max-w-72 text-xs text-ink-faint">{option.detail}</div>}
                </div>
                <Primitive.ItemIndicator className="absolute top-2 right-2 text-accent">
                  <Check size={14} />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
