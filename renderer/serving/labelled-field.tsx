import { useId, type ReactNode } from 'react'

interface LabelledFieldProps {
  label: string
  /** What it is about, or in which unit. */
  hint?: string
  problem?: string | undefined
  children: (field: { id: string; describedBy: string | undefined }) => ReactNode
}

/** A field under its label, with what is wrong with it. */
export function LabelledField({ label, hint, problem, children }: LabelledFieldProps) {
  const id = useId()
  const remark = problem ?? hint
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-ink-soft">
        {label}
      </label>
      {children({ id, describedBy: remark === undefined ? undefined : `${id}-remark` })}
      {remark !== undefined && (
        <p
          id={`${id}-remark`}
          className={problem === undefined ? 'text-xs text-ink-faint' : 'text-xs text-bad'}
        >
          {remark}
        </p>
      )}
    </div>
  )
}
