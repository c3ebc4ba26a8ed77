import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ScrollRegionProps {
  label: string
  role?: 'region' | 'group' | 'log'
  className?: string
  children: ReactNode
}

/** Room that scrolls, by keyboard too: so it can be reached, and says what it holds. */
export function ScrollRegion({ label, role = 'region', className, children }: ScrollRegionProps) {
  return (
    <div role={role} aria-label={label} tabIndex={0} className={classNames('overflow-auto', className)}>
      {children}
    </div>
  )
}
