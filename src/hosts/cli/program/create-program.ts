import { Command, type Option } from 'commander'
import { version } from '../../version.ts'
import { addAlertCommands } from './alert-commands.ts'
import { addAutomationCommands } from './automation-commands.ts'
import { addExportCommands } from './export-commands.ts'
import { addLabelsCommands } from './labels-commands.ts'
import { addModelCommands } from './model-commands.ts'
import { examples, type Act } from './options.ts'
import { addMonitorCommand } from './monitor-command.ts'
import { addOtherCommands } from './other-commands.ts'
import { addPipelineCommands } from './pipeline-commands.ts'
import { addRunCommands } from './run-commands.ts'
import { addServingCommands } from './serving-commands.ts'
import { addStudioCommand } from './studio-command.ts'

/**
 * The commands, their options and their help. The work of each is in `commands/` and is loaded only when it is asked
 * for, so that help comes at once.
 */
export function createProgram(act: Act): Command {
  const program = new Command('pipewright')
    // Commands that are added from here on inherit it: whoever runs the program decides about the exit code.
    .exitOverride()
    .configureHelp({ optionDescription })
    .description('Runs machine-learning pipelines: from a file of raw data to a registered model.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError('(pipewright --help tells more)')
    .addHelpText(
      'after',
      examples(
        'pipewright run telco-churn.pipeline.json',
        'pipewright run telco-churn.pipeline.json --param data=new.csv --to evaluate',
        'pipewright predict churn@champion customers.csv -o answers.csv',
        'pipewright runs why latest',
      ),
    )
  addStudioCommand(program, act)
  addPipelineCommands(program, act)
  addModelCommands(program, act)
  addServingCommands(program, act)
  addLabelsCommands(program, act)
  addMonitorCommand(program, act)
  addAlertCommands(program, act)
  addAutomationCommands(program, act)
  addExportCommands(program, act)
  addRunCommands(program, act)
  addOtherCommands(program, act)
  return program
}

/** With its default, where that tells something: that a switch is off by default goes without saying. */
function optionDescription({ description, defaultValue }: Option): string {
  return typeof defaultValue === 'number' ? `${description} (${defaultValue} by default)` : description
}
