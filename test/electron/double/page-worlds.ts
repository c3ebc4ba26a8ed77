/*
 * Code for the page, sent as text: `bridgeSide` runs in the page's own world and in that of the preload script, which
 * share a document and nothing else, so that what crosses is copied, as Electron's context bridge copies it.
 */

type Packed = ['function', number] | ['object', [string, Packed][]] | ['value', unknown]
interface Crossing {
  kind: 'expose' | 'call' | 'return'
  key?: string
  id?: number
  value?: Packed
  values?: Packed[]
  error?: string
}

export function bridgeSide(incoming: string, outgoing: string) {
  const functions: ((...given: unknown[]) => unknown)[] = []
  const returned: Crossing[] = []
  const send = (crossing: Crossing): void =>
    void window.dispatchEvent(new CustomEvent(outgoing, { detail: crossing }))
  const pack = (value: unknown): Packed => {
    if (typeof value === 'function') return ['function', functions.push(value as () => unknown) - 1]
    if (typeof value === 'object' && value !== null)
      return ['object', Object.entries(value).map(([key, each]) => [key, pack(each)])]
    return ['value', structuredClone(value)]
  }
  const unpack = (packed: Packed): unknown => {
    switch (packed[0]) {
      case 'value':
        return packed[1]
      case 'object':
        return Object.freeze(Object.fromEntries(packed[1].map(([key, each]) => [key, unpack(each)])))
      case 'function': {
        const id = packed[1]
        return (...given: unknown[]) => {
          send({ kind: 'call', id, values: given.map(pack) })
          const { error, value } = returned.pop()!
          if (error !== undefined) throw new Error(error)
          return value && unpack(value)
        }
      }
    }
  }
  window.addEventListener(incoming, (event) => {
    const crossing = (event as CustomEvent<Crossing>).detail
    switch (crossing.kind) {
      case 'expose':
        if (Object.hasOwn(globalThis, crossing.key!))
          throw new Error('Cannot bind an API on top of an existing property')
        Object.defineProperty(globalThis, crossing.key!, { value: unpack(crossing.value!), enumerable: true })
        return
      case 'return':
        returned.push(crossing)
        return
      case 'call':
        try {
          const value = functions[crossing.id!]!(...crossing.values!.map(unpack))
          send({ kind: 'return', value: pack(value) })
        } catch (error) {
          send({ kind: 'return', error: String(error) })
        }
    }
  })
  return { expose: (key: string, api: unknown) => send({ kind: 'expose', key, value: pack(api) }) }
}

/** The world of a sandboxed preload script: `require` knows `electron` and nothing else of what an app may use. */
export function preloadWorld(parts: { source: string; path: string; events: string; post: string }): void {
  const scope = globalThis as unknown as Record<string, unknown>
  const post = scope[parts.post] as (text: string) => void
  const side = scope['electronDoubleBridge'] as typeof bridgeSide
  const bridge = side(`${parts.events} preload`, `${parts.events} page`)
  delete scope[parts.post]
  delete scope['electronDoubleBridge']
  const listeners = new Map<string, ((event: object, ...given: unknown[]) => void)[]>()
  const ipcRenderer = {
    send(channel: string, ...given: unknown[]): void {
      // As Electron does: what cannot be cloned, such as a function, is refused by the platform itself.
      const cloned = structuredClone(given)
      post(JSON.stringify({ kind: 'send', channel, given: cloned }))
    },
    on(channel: string, listener: (event: object, ...given: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
  }
  scope['electronDoubleDeliver'] = (text: string): void => {
    const { channel, given } = JSON.parse(text) as { channel: string; given: unknown[] }
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...given)
  }
  const strict = (name: string, api: object): object =>
    new Proxy(api, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key) as unknown
        throw new Error(`${name}.${key} is not in the double`)
      },
    })
  const electron = strict('electron', {
    contextBridge: strict('contextBridge', { exposeInMainWorld: bridge.expose }),
    ipcRenderer: strict('ipcRenderer', ipcRenderer),
    webUtils: strict('webUtils', { getPathForFile: (file: File) => `/dropped/${file.name}` }),
  })
  const require = (name: string): object => {
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name}`)
  }
  try {
    // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the script under test, as Electron runs it
    const run = new Function('require', 'module', 'exports', `${parts.source}\n//# sourceURL=${parts.path}`)
    const module = { exports: {} }
    ;(run as (...given: unknown[]) => void)(require, module, module.exports)
  } catch (error) {
    post(JSON.stringify({ kind: 'preload-error', problem: String(error) }))
  }
}
