import { mkdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { settingsSchema, type Settings } from '../contract/settings-contract.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { filesError } from './errors.ts'

/** What the user has set, in a file for all workspaces. */
export interface SettingsStore {
  readonly file: string
  /** As the file has it now; what it does not have, or has wrongly, is as if it was never set. */
  read(): Settings
  change(changes: Partial<Settings>): Promise<Settings>
}

export const defaultSettings: Settings = {
  theme: 'system',
  cores: null,
  memoryMb: null,
  livePreview: true,
  trustedFolders: [],
  proxy: null,
  proxyExceptions: [],
}

export function openSettings(file: string = settingsFile()): SettingsStore {
  const read = (): Settings => {
    const given = readObject(file)
    const fields = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(given[name])
      return parsed.success ? [[name, parsed.data] as const] : []
    })
    return { ...defaultSettings, ...Object.fromEntries(fields) }
  }
  return {
    file,
    read,
    async change(changes) {
      const settings = { ...read(), ...changes }
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
        await writeAtomically(file, (path) => writeFile(path, `${JSON.stringify(settings, null, 2)}\n`))
      } catch (cause) {
        throw filesError('unwritable', { path: file, problem: reasonOfFailure(cause) }, { cause })
      }
      return settings
    },
  }
}

function readObject(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** Where a user's programs keep their settings, by the rules of the system. */
function settingsFile(): string {
  const { env, platform } = process
  const folder = (): string => {
    if (env['PIPEWRIGHT_SETTINGS']) return env['PIPEWRIGHT_SETTINGS']
    if (platform === 'win32')
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Pipewright')
    if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Pipewright')
    return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'pipewright')
  }
  return join(folder(), 'settings.json')
}
