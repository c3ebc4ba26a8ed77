import type { ReactNode } from 'react'
import { useAppStore, useStore } from '../state/store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { commands } from './command-list.ts'
import { commandGroups, keysOf } from './command.ts'

const mouse: readonly { title: string; how: string }[] = [
  { title: 'Connect', how: 'Drag from a port to a port' },
  { title: 'Add what fits', how: 'Drop an edge on empty space' },
  { title: 'Find a node type', how: 'Double-click empty space' },
  { title: 'Select several', how: 'Drag over empty space' },
  { title: 'Move the canvas', how: 'Scroll, or drag with the right button' },
]

/** All keys and mouse moves on one sheet. */
export function ShortcutSheet() {
  const store = useAppStore()
  const isOpen = useStore(({ overlay }) => overlay === 'shortcuts')
  return (
    <Dialog title="Keyboard and mouse" wide open={isOpen} onClose={() => store.getState().openOverlay(null)}>
      <div className="columns-2 gap-8">
        {commandGroups.map((group) => (
          <Section key={group} title={group}>
            {commands
              .filter((command) => command.group === group && keysOf(command) !== undefined)
              .map((command) => (
                <Row key={command.id} title={command.title}>
                  <Keys keys={keysOf(command)!} />
                </Row>
              ))}
          </Section>
        ))}
        <Section title="Nodes with the keyboard">
          <Row title="Go from node to node">
            <Keys keys="tab" />
          </Row>
          <Row title="Select the node">
            <Keys keys="enter" />
          </Row>
          <Row title="Move what is selected">
            <Keys keys="arrows" />
          </Row>
        </Section>
        <Section title="Mouse">
          {mouse.map(({ title, how }) => (
            <Row key={title} title={title}>
              <span className="text-right text-xs text-ink-faint">{how}</span>
            </Row>
          ))}
        </Section>
      </div>
    </Dialog>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-ink-faint">{title}</h3>
      <dl>{children}</dl>
    </section>
  )
}

function Row({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-6.5 items-center justify-between gap-3">
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}
