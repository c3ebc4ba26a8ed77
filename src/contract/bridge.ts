import { z } from 'zod'

/** What the preload script puts into the window: a pipe for texts, and nothing else. */
export interface Bridge {
  send(text: string): void
  onMessage(listener: (text: string) => void): void
}

/** The name under which the window finds it. */
export const bridgeKey = 'pipewright'
export const bridgeChannels = { toMain: 'pipewright:to-main', toWindow: 'pipewright:to-window' } as const

/** What a menu of the system can ask the window for. */
export const appCommands = [
  'new',
  'open',
  'open-path',
  'save',
  'save-as',
  'close-tab',
  'undo',
  'redo',
  'run',
  'run-to-here',
  'stop',
  'find',
  'fit',
  'settings',
  'shortcuts',
  'about',
] as const
export type AppCommand = (typeof appCommands)[number]

const choices = [
  'pipeline',
  'data',
  'any',
  'folder',
  'save-pipeline',
  'save-csv',
  'save-parquet',
  'save-any',
] as const
/** What a dialog of the system is asked for. */
export type Choice = (typeof choices)[number]

const rpc = z.strictObject({ kind: z.literal('rpc'), text: z.string() })

export const toMainSchema = z.discriminatedUnion('kind', [
  /** A page has loaded and listens; what it had before is gone. */
  z.strictObject({ kind: z.literal('ready') }),
  /** A text of the contract. */
  rpc,
  z.strictObject({
    kind: z.literal('choose'),
    id: z.int(),
    what: z.enum(choices),
    /** What to suggest as a name. */
    name: z.string().max(255).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('dropped'), paths: z.array(z.string()).max(100) }),
])
export type ToMain = z.infer<typeof toMainSchema>

export const toWindowSchema = z.discriminatedUnion('kind', [
  rpc,
  /** Null where the dialog was left without a choice. */
  z.strictObject({ kind: z.literal('chosen'), id: z.int(), path: z.string().nullable() }),
  z.strictObject({
    kind: z.literal('command'),
    command: z.enum(appCommands),
    /** Of `open-path`: absolute; a pipeline, or data to start from. */
    path: z.string().exactOptional(),
  }),
])
export type ToWindow = z.infer<typeof toWindowSchema>
