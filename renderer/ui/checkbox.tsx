import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'

interface CheckboxProps {
  id?: string
  label?: string
  checked: boolean | 'indeterminate'
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Checkbox({ id, label, checked, onChange, disabled = false }: CheckboxProps) {
  return (
    <Primitive.Root
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next === true)}
      className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-accent-ink data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent disabled:opacity-50"
    >
      <Primitive.Indicator>
        {checked === 'indeterminate' ? (
          <Minus size={12} strokeWidth={3} />
        ) : (
          <Check size={12} strokeWidth={3} />
        )}
      </Primitive.Indicator>
    </Primitive.Root>
  )
}
