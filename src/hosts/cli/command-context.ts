import type { Composition } from '../composition.ts'
import type { Log } from '../log.ts'
import type { Interrupts } from './interrupts.ts'
import type { Output } from './output.ts'

/** What every command works with. */
export interface CommandContext {
  composition: Composition
  output: Output
  /** What paths that a user types are relative to. */
  cwd: string
  interrupts: Interrupts
  /** Where details of failures go; that of the workspace, once one is open. */
  log: Log
  /** The pipeline file that the command is about, as the user named it: for messages. */
  file?: string
}
