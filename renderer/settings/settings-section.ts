import type { Client } from '../../src/contract/create-client.ts'
import type { Settings } from '../../src/contract/settings-contract.ts'

/** The settings with what is known of the machine they are for. */
export type SettingsAnswer = Awaited<ReturnType<Client['settings']['get']>>

/** What a section of the settings is drawn from. */
export interface SettingsSection {
  answer: SettingsAnswer
  /** Keeps what is given; the answer is another then. */
  change: (part: Partial<Settings>) => void
}
