import { Command as List } from 'cmdk'
import { Dialog } from 'radix-ui'
import { useAppStore, useStore } from '../state/store.ts'
import { Keys } from '../ui/keys.tsx'
import { commands } from './command-list.ts'
import { commandGroups, keysOf } from './command.ts'

/** Every command by its name, with what it is done by. */
export function CommandPalette() {
  const store = useAppStore()
  const isOpen = useStore(({ overlay }) => overlay === 'commands')
  const close = (): void => store.getState().openOverlay(null)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_13/25%)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-3rem)] -translate-x-1/2"
        >
          <Dialog.Title className="sr-only">Find a command</Dialog.Title>
          <List label="Find a command" className="command-list" loop>
            <List.Input placeholder="What do you want to do?" />
            <List.List>
              <List.Empty>Nothing is called like that.</List.Empty>
              {commandGroups.map((group) => (
                <List.Group key={group} heading={group}>
                  {commands
                    .filter((command) => command.group === group && command.id !== 'commands')
                    .filter(({ isEnabled }) => isEnabled?.(store.getState()) ?? true)
                    .map((command) => {
                      const keys = keysOf(command)
                      return (
                        <List.Item
                          key={command.id}
                          value={command.title}
                          onSelect={() => {
                            close()
                            command.run(store)
                          }}
                        >
                          <span className="flex-1">{command.title}</span>
                          {keys && <Keys keys={keys} />}
                        </List.Item>
                      )
                    })}
                </List.Group>
              ))}
            </List.List>
          </List>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
