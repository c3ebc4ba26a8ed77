import { arrangeCommands } from './arrange-commands.ts'
import type { Command } from './command.ts'
import { editCommands } from './edit-commands.ts'
import { fileCommands } from './file-commands.ts'
import { runCommands } from './run-commands.ts'
import { subpipelineCommands } from './subpipeline-commands.ts'
import { viewCommands } from './view-commands.ts'

/** All that can be done, in the order in which it is listed. */
export const commands: readonly Command[] = [
  ...runCommands,
  ...editCommands,
  ...subpipelineCommands,
  ...arrangeCommands,
  ...viewCommands,
  ...fileCommands,
]
