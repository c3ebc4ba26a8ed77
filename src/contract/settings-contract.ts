import { z } from 'zod'
import { operation } from './operation.ts'

export const themes = ['system', 'light', 'dark'] as const

/** Without a name and a password: the file of the settings is no place for them. */
const proxyAddress = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/i

/** What the user has set, for all workspaces. */
export const settingsSchema = z.strictObject({
  theme: z.enum(themes),
  /** What steps may use together; null for what Pipewright thinks right. */
  cores: z.int().min(1).max(1024).nullable(),
  memoryMb: z.int().min(512).nullable(),
  /** After each edit, the steps before a learner are shown for a sample of the data. */
  livePreview: z.boolean(),
  /** Folders outside of the workspace whose files may be opened. */
  trustedFolders: z.array(z.string()),
  /** What requests go through, as http://host:port; null for what the environment says. */
  proxy: z.string().regex(proxyAddress).nullable(),
  /** Hosts that are asked directly, beside this machine: names, or endings that begin with a point. */
  proxyExceptions: z.array(z.string().regex(/^[^\s,]+$/)),
})
export type Settings = z.infer<typeof settingsSchema>

const answer = z.strictObject({
  settings: settingsSchema,
  /** Of this machine, and what steps get where nothing is set. */
  machine: z.strictObject({
    cores: z.int(),
    memoryMb: z.int(),
    defaultCores: z.int(),
    defaultMemoryMb: z.int(),
  }),
  /** Where the settings are kept, and where results are. */
  places: z.strictObject({ settings: z.string(), results: z.string() }),
  /** Cores, memory or the proxy were changed: they hold from the next start on. */
  restartNeeded: z.boolean(),
})

export const settingsContract = {
  get: operation.output(answer),
  /** Changes what is given. */
  set: operation.input(settingsSchema.partial()).output(answer),
}
