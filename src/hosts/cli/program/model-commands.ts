import type { Command } from 'commander'
import { addEnvironmentCommands } from './environment-commands.ts'
import {
  collect,
  commaSeparated,
  examples,
  fewChanges,
  anyNumber,
  workspaceOption,
  type Act,
  type ExplainOptions,
  type ImportOptions,
  type ListOptions,
  type PredictOptions,
  type WorkspaceOption,
} from './options.ts'

export function addModelCommands(program: Command, act: Act): void {
  program
    .command('predict')
    .summary('answer for every row of a file with a registered model')
    .description('Answers for every row of a file with a registered model. The data is read as in training.')
    .argument('<model>', 'name (its latest version), name@alias or name:version')
    .argument('<data>', 'file with the rows: CSV, TSV, JSON, JSON lines or Parquet')
    .requiredOption('-o, --output <file>', 'where to write: .csv, .tsv, .json, .jsonl or .parquet')
    .option(
      '--rejects <file>',
      'where to write the rows that do not fit, each with its line, column and reason',
    )
    .option('--json', 'events for a program, one a line', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright predict churn customers.csv -o answers.csv',
        'pipewright predict churn@champion customers.parquet -o answers.parquet',
        'pipewright predict churn:3 customers.jsonl -o answers.jsonl --rejects rejected.csv',
      ),
    )
    .action((model: string, data: string, options: PredictOptions) =>
      act(async (context) =>
        (await import('../commands/predict.ts')).predict(context, { model, data, ...options }),
      ),
    )
  program
    .command('explain')
    .summary('tell why a model answers a row as it does')
    .description(
      'Tells what each column of a row adds to the answer of a registered model, and with --counterfactual the smallest ' +
        'changes that would make it answer otherwise.',
    )
    .argument('<model>', 'name (its latest version), name@alias or name:version')
    .requiredOption('--row <row>', 'a JSON object with a value for each column, or a file with one')
    .option('--class <class>', 'the class that is explained; else the positive one, or the one answered')
    .option('--counterfactual', 'look for the smallest changes that lead to another answer', false)
    .option('--want <class>', 'the answer they should lead to; else any other one')
    .option('--at-least <number>', 'amounts: what the answer should at least be', anyNumber)
    .option('--at-most <number>', 'amounts: what the answer should at most be', anyNumber)
    .option('--change <column>', 'a column that may change (repeatable); else all', collect, [])
    .option('--most-changes <count>', 'the most columns that change at once', fewChanges, 3)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        `pipewright explain churn@champion --row '{"tenure": 2, "Contract": "Month-to-month"}'`,
        'pipewright explain churn --row customer.json --counterfactual --change Contract --change PaymentMethod',
        'pipewright explain prices:3 --row house.json --counterfactual --at-least 500000',
      ),
    )
    .action((reference: string, options: ExplainOptions) =>
      act(async (context) =>
        (await import('../commands/explain.ts')).explainAnswer(context, { reference, ...options }),
      ),
    )
  const models = program
    .command('models')
    .summary('see and name registered models')
    .description('See and name registered models.')
  models
    .command('list')
    .description('Lists the registered models.')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((options: ListOptions) =>
      act(async (context) => (await import('../commands/models.ts')).listModels(context, options)),
    )
  models
    .command('show')
    .description('Shows a model: its versions, what goes in, what comes out, how good it is.')
    .argument('<model>', 'name, name@alias or name:version')
    .option('--json', 'for a program', false)
    .option('--pipeline', 'print the pipeline file that made it instead', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright models show churn@champion',
        'pipewright models show churn:3 --pipeline > churn-3.pipeline.json',
      ),
    )
    .action((reference: string, options: ListOptions & { pipeline: boolean }) =>
      act(async (context) =>
        (await import('../commands/models.ts')).showModel(context, { reference, ...options }),
      ),
    )
  models
    .command('import')
    .summary('take in an ONNX model that something else trained')
    .description(
      'Takes in an ONNX model that scikit-learn, LightGBM, XGBoost, Keras or the like trained, and registers it: from then ' +
        'on it is used like any other. The columns stand in the order in which it was trained.',
    )
    .argument('<file>', 'ONNX file')
    .requiredOption('--name <name>', 'what the model is called in the registry')
    .option(
      '--columns <names>',
      'the columns that it takes, between commas; else the names of its inputs',
      commaSeparated,
    )
    .option(
      '--labels <names>',
      'what its classes are called, in the order of the probabilities',
      commaSeparated,
    )
    .option('--target <name>', 'what its answers are about')
    .option('--positive <class>', 'of two classes, the one whose probability counts; else the last')
    .option(
      '--mapping <file>',
      'JSON: columns, types, labels, target, positive; probabilities, label or value: an output',
    )
    .option(
      '--reference <file>',
      'rows such as it was trained on: how texts are read, and what drift is measured against',
    )
    .option('--alias <name>', 'a name that is moved to this version (repeatable)', collect, [])
    .option('--json', 'events for a program, one a line', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright models import churn.onnx --name churn --columns tenure,charges --labels no,yes',
        'pipewright models import prices.onnx --name prices --mapping prices.json --reference houses.csv --alias champion',
      ),
    )
    .action((file: string, options: ImportOptions) =>
      act(async (context) =>
        (await import('../commands/import-model.ts')).importModel(context, { file, ...options }),
      ),
    )
  models
    .command('card')
    .summary('write down what a model is, how good, and for whom less')
    .description(
      'Writes a model card: what the model is for, its data, how it was made, how good it is and for whom less, what it ' +
        'goes by, its limits, and how to make it again.',
    )
    .argument('<model>', 'name, name@alias or name:version')
    .option('-o, --output <file>', 'where to write: .md or .html; else Markdown is printed')
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright models card churn@champion -o churn-card.html',
        'pipewright models card churn:3 > churn-3.md',
      ),
    )
    .action((reference: string, options: WorkspaceOption & { output?: string }) =>
      act(async (context) =>
        (await import('../commands/model-card.ts')).writeModelCard(context, { reference, ...options }),
      ),
    )
  models
    .command('alias')
    .description('Gives a version of a model another name, or takes the name away.')
    .argument('<model>', 'name (its latest version), name@alias or name:version')
    .argument('<alias>', 'such as champion')
    .option('--remove', 'take the alias away from the model', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples('pipewright models alias churn:3 champion', 'pipewright models alias churn champion --remove'),
    )
    .action((reference: string, alias: string, options: WorkspaceOption & { remove: boolean }) =>
      act(async (context) =>
        (await import('../commands/models.ts')).aliasModel(context, { reference, alias, ...options }),
      ),
    )
  addEnvironmentCommands(models, act)
}
