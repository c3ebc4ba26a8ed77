import {
  bridgeKey,
  toWindowSchema,
  type AppCommand,
  type Bridge,
  type Choice,
  type ToMain,
} from '../../src/contract/bridge.ts'

/** What the app around this page can do where it is no browser: menus, dialogs, files that are dropped. */
export interface Native {
  /** One end of a connection to the host, as oRPC's links for message ports want it. */
  port: NativePort
  /** What is asked for in a menu, by a dropped file or by the system. `path` comes with `open-path`. */
  onCommand(listener: (command: AppCommand, path?: string) => void): void
  /** Asks with a dialog of the system; null where nothing was chosen. */
  choose: (what: Choice, name?: string) => Promise<string | null>
}

export interface NativePort {
  postMessage(text: string): void
  on(event: string, listener: (event?: { data: string }) => void): void
}

/** Null in a browser. */
export function openNative(): Native | null {
  const bridge = (globalThis as { [bridgeKey]?: Bridge })[bridgeKey]
  return bridge ? nativeOver(bridge) : null
}

function nativeOver(bridge: Bridge): Native {
  const texts = new Set<(event: { data: string }) => void>()
  const commands = new Set<(command: AppCommand, path?: string) => void>()
  const choices = new Map<number, (path: string | null) => void>()
  let last = 0
  const send = (message: ToMain): void => bridge.send(JSON.stringify(message))
  bridge.onMessage((text) => {
    const message = toWindowSchema.parse(JSON.parse(text))
    switch (message.kind) {
      case 'rpc':
        for (const listener of texts) listener({ data: message.text })
        return
      case 'chosen':
        choices.get(message.id)?.(message.path)
        choices.delete(message.id)
        return
      case 'command':
        for (const listener of commands) listener(message.command, message.path)
    }
  })
  send({ kind: 'ready' })
  return {
    port: {
      postMessage: (text) => send({ kind: 'rpc', text }),
      on: (event, listener) => void (event === 'message' && texts.add(listener)),
    },
    onCommand: (listener) => void commands.add(listener),
    choose: (what, name) =>
      new Promise((resolve) => {
        const id = ++last
        choices.set(id, resolve)
        send({ kind: 'choose', id, what, ...(name !== undefined && { name }) })
      }),
  }
}
