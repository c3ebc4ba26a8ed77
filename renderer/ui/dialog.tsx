import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: string
  /** Buttons, the one that goes on last. */
  actions?: ReactNode
  wide?: boolean
  children?: ReactNode
}

export function Dialog({ open, onClose, title, description, actions, wide = false, children }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_13/40%)]" />
        <Primitive.Content
          {...(!description && { 'aria-describedby': undefined })}
          className={classNames(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[85vh] w-[calc(100vw-3rem)] -translate-1/2 flex-col rounded-lg',
            'border border-line bg-surface shadow-float',
            wide ? 'max-w-3xl' : 'max-w-md',
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pr-12">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-md font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-1 text-ink-soft">{description}</Primitive.Description>
              )}
            </div>
          </header>
          <div tabIndex={0} className="min-h-0 flex-1 overflow-auto px-5 py-4 outline-none">
            {children}
          </div>
          {actions && (
            <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{actions}</footer>
          )}
          {/* Last, so that the focus goes to what the dialog is about. */}
          <Primitive.Close
            aria-label="Close"
            className="absolute top-3.5 right-3.5 inline-flex size-7 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
          >
            <X size={16} />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
