import { Option, type Command } from 'commander'
import {
  rankingChoices,
  sureProbability,
  type ImportLabelsOptions,
  type QueueOptions,
  type VoteOptions,
} from './labels-options.ts'
import { commaSeparated, examples, wholeNumber, workspaceOption, type Act } from './options.ts'

export function addLabelsCommands(program: Command, act: Act): void {
  const labels = program
    .command('labels')
    .summary('say what was true')
    .description(
      'Labels for what an endpoint has answered: out of files, row by row, or by functions that vote.',
    )
  addImport(labels, act)
  addQueue(labels, act)
  addVote(labels, act)
}

const deploymentOption = (): Option =>
  new Option('--deployment <name>', 'as `deployments list` names it').makeOptionMandatory()

function addImport(labels: Command, act: Act): void {
  labels
    .command('import')
    .description(
      'Takes labels out of a CSV or Parquet file: by the ids of the predictions, or by the values of columns that the model ' +
        'was asked with. Rows that match nothing are told, and written to --left.',
    )
    .argument('<file>', 'CSV with a head, or Parquet')
    .addOption(deploymentOption())
    .option('--label <column>', 'the column with the labels', 'label')
    .option('--id <column>', 'the column with the ids', 'predictionId')
    .option(
      '--key <columns>',
      'columns to find the answers by, between commas, instead of ids',
      commaSeparated,
    )
    .option(
      '--request <column>',
      'column with the ids that callers gave their requests (x-request-id), instead of ids',
    )
    .option('--newest', 'of several answers with the same values only the newest is meant', false)
    .option('--source <text>', 'who says so', 'import')
    .option('--left <file>', 'where rows that were not taken are written, as CSV, with the reasons')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright labels import truths.csv --deployment churn',
        'pipewright labels import churned.csv --deployment churn --request customer --label churned --left unmatched.csv',
      ),
    )
    .action((file: string, options: ImportLabelsOptions) =>
      act(async (context) =>
        (await import('../commands/labels.ts')).importLabels(context, { file, ...options }),
      ),
    )
}

function addQueue(labels: Command, act: Act): void {
  labels
    .command('queue')
    .description(
      'Lists the rows without a label that teach most. In the app they are labelled by single keys.',
    )
    .addOption(deploymentOption())
    .addOption(
      new Option('--by <reason>', 'what makes a row worth a look')
        .choices(rankingChoices)
        .default('uncertainty'),
    )
    .option('--limit <count>', 'at most so many', wholeNumber, 20)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((options: QueueOptions) =>
      act(async (context) => (await import('../commands/labels.ts')).showQueue(context, options)),
    )
}

function addVote(labels: Command, act: Act): void {
  labels
    .command('vote')
    .description(
      'Lets labelling functions vote, and shows how often each is right as far as their agreement tells. --functions keeps ' +
        'those of a file; --take gives the labels that they are sure enough of.',
    )
    .addOption(deploymentOption())
    .option('--functions <file>', 'keep what this JSON file says: [{"name", "expression", "label"}]')
    .option('--take', 'take the labels', false)
    .option('--at-least <probability>', 'how sure they must be', sureProbability, 0.9)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright labels vote --deployment churn --functions functions.json',
        'pipewright labels vote --deployment churn --take --at-least 0.95',
      ),
    )
    .action((options: VoteOptions) =>
      act(async (context) => (await import('../commands/labels.ts')).vote(context, options)),
    )
}
