import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { classNames } from './class-names.ts'

interface SplitterProps {
  label: string
  /** Which way the line runs. */
  orientation: 'vertical' | 'horizontal'
  /** Of the part that grows when the line moves towards the start (left or up), or away from it. */
  size: number
  smallest: number
  largest: number
  grows: 'towards-start' | 'towards-end'
  onResize: (size: number) => void
}

/** A line between two parts: drag it, or move it with the arrow keys. */
export function Splitter(props: SplitterProps) {
  const { label, orientation, size, smallest, largest, grows, onResize } = props
  const start = useRef<{ at: number; size: number } | null>(null)
  const direction = grows === 'towards-end' ? 1 : -1
  const resize = (wish: number): void => onResize(Math.round(Math.min(largest, Math.max(smallest, wish))))
  const placeOf = (event: PointerEvent): number =>
    orientation === 'vertical' ? event.clientX : event.clientY
  const onKeyDown = (event: KeyboardEvent): void => {
    const [back, forth] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    if (event.key !== back && event.key !== forth) return
    event.preventDefault()
    event.stopPropagation()
    resize(size + (event.key === forth ? 16 : -16) * direction)
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={smallest}
      aria-valuemax={largest}
      className={classNames(
        'relative z-10 shrink-0 bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-none',
        orientation === 'vertical'
          ? 'w-px cursor-col-resize before:absolute before:inset-y-0 before:-inset-x-1'
          : 'h-px cursor-row-resize before:absolute before:inset-x-0 before:-inset-y-1',
      )}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: placeOf(event), size }
      }}
      onPointerMove={(event) => {
        if (start.current) resize(start.current.size + (placeOf(event) - start.current.at) * direction)
      }}
      onPointerUp={() => {
        start.current = null
      }}
    />
  )
}
