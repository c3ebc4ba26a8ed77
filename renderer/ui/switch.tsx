import { Switch as Primitive } from 'radix-ui'

interface SwitchProps {
  id?: string
  label?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Switch({ id, label, checked, onChange, disabled = false }: SwitchProps) {
  return (
    <Primitive.Root
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="h-4.5 w-8 shrink-0 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-accent disabled:opacity-50"
    >
      <Primitive.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-surface shadow-small transition-transform data-[state=checked]:translate-x-4" />
    </Primitive.Root>
  )
}
