import { Option, type Command } from 'commander'
import {
  collect,
  examples,
  portNumber,
  wholeNumber,
  workspaceOption,
  type Act,
  type ListOptions,
} from './options.ts'
import {
  fallbackOf,
  fewProcesses,
  milliseconds,
  shareOf,
  type FeedbackOptions,
  type LogOptions,
  type ServeOptions,
} from './serving-options.ts'

export function addServingCommands(program: Command, act: Act): void {
  addServe(program, act)
  const deployments = program
    .command('deployments')
    .summary('see, switch and feed endpoints')
    .description('See and switch endpoints, look at what they answered, and say what was right.')
  addSwitches(deployments, act)
  addLogs(deployments, act)
}

function addServe(program: Command, act: Act): void {
  program
    .command('serve')
    .summary('answer over HTTP with a registered model')
    .description(
      'Answers over HTTP with a registered model, or with a deployment, until Ctrl-C: what was accepted until then is still ' +
        'answered. Held-out rows are replayed before it counts as ready, and every answer must be that of `predict`. ' +
        'Settings are kept in a deployment, which the app shows, too. Only this machine can ask, unless --host is given ' +
        'together with a token.',
    )
    .argument('<model>', 'name, name@alias or name:version; or the name of a deployment')
    .option('--name <name>', 'of the deployment; else that of the model')
    .option('--port <number>', 'the port to listen on; else any that is free, and the same again', portNumber)
    .option('--workers <count>', 'processes that answer; else one a core', fewProcesses)
    .option('--host <address>', 'the address to listen on, such as 0.0.0.0 for all; needs a token')
    .addOption(
      new Option('--token <token>', 'asked of every request as “Authorization: Bearer”').env(
        'PIPEWRIGHT_TOKEN',
      ),
    )
    .option('--allow-host <name>', 'a name by which callers may speak to it (repeatable)', collect, [])
    .option(
      '--fallback <answer>',
      'where the model fails: none, constant:ANSWER, version:MODEL:VERSION or rule:EXPRESSION',
      fallbackOf,
    )
    .option('--grpc-port <number>', 'also answer over gRPC; 0 for any port that is free', portNumber)
    .option('--timeout <ms>', 'how long an answer may take', milliseconds)
    .option('--log-share <share>', 'share of the requests that is logged, 0 to 1', shareOf)
    .option('--sticky-by <column>', 'column, or header:NAME, whose value decides which version answers')
    .option('--canary <model>', 'another version that answers a share for as long as it does no worse')
    .option('--canary-share <share>', 'of the requests that the canary answers', shareOf, 0.05)
    .option('--shadow <model>', 'another version that gets a copy of the requests; its answers are compared')
    .option('--json', 'for a program: one line once it is ready', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright serve telco-churn@champion',
        'pipewright serve telco-churn@champion --port 8080 --workers 2 --fallback constant:No',
        'pipewright serve telco-churn@champion --canary telco-churn@candidate --canary-share 0.1',
        'PIPEWRIGHT_TOKEN=… pipewright serve telco-churn@champion --host 0.0.0.0 --port 8080',
      ),
    )
    .action((model: string, options: ServeOptions) =>
      act(async (context) => (await import('../commands/serve.ts')).serve(context, { model, ...options })),
    )
}

function addSwitches(deployments: Command, act: Act): void {
  deployments
    .command('list')
    .description('Lists the deployments.')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((options: ListOptions) =>
      act(async (context) => (await import('../commands/deployments.ts')).listDeployments(context, options)),
    )
  deployments
    .command('show')
    .description('Shows a deployment: what it serves, whether it was verified, how to ask it.')
    .argument('<name>', 'of the deployment')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((name: string, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/deployments.ts')).showDeployment(context, { name, ...options }),
      ),
    )
  for (const [command, description] of [
    ['on', 'Switches a deployment on: it runs in the app, in studio or in serve, and starts again with it.'],
    ['off', 'Switches a deployment off, once it has answered what it has accepted.'],
    ['remove', 'Removes a deployment with its log.'],
  ] as const)
    deployments
      .command(command)
      .description(description)
      .argument('<name>', 'of the deployment')
      .option('--json', 'for a program', false)
      .addOption(workspaceOption())
      .action((name: string, options: ListOptions) =>
        act(async (context) =>
          (await import('../commands/deployments.ts')).changeDeployment(context, {
            name,
            change: command,
            ...options,
          }),
        ),
      )
}

function addLogs(deployments: Command, act: Act): void {
  deployments
    .command('log')
    .description('Shows what a deployment answered, the newest last.')
    .argument('<name>', 'of the deployment')
    .option('--search <text>', 'occurs in an id, in the answer or in a value')
    .option('--limit <count>', 'how many', wholeNumber, 20)
    .option('--follow', 'and what is answered from now on, until Ctrl-C', false)
    .option('--json', 'for a program: an object a line', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright deployments log churn --search Yes --limit 100 --json'))
    .action((name: string, options: LogOptions) =>
      act(async (context) =>
        (await import('../commands/deployment-log.ts')).showLog(context, { name, ...options }),
      ),
    )
  deployments
    .command('feedback')
    .description(
      'Says what would have been right for an answer, or for many: a file of JSON lines with “predictionId” and “label”, ' +
        '“isRight” or “score”, and “comment” and “source” if wished.',
    )
    .argument('<name>', 'of the deployment')
    .argument('[prediction]', 'id that came with the answer')
    .argument('[label]', 'the truth: a label, or a number')
    .option('--file <file>', 'feedback to many answers')
    .option('--comment <text>', 'why')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright deployments feedback churn AQABAAAAAR3x-7IBofmbDygAYq9UBoZfhIyEDJ3- Yes',
        'pipewright deployments feedback churn --file truths.jsonl',
      ),
    )
    .action(
      (name: string, prediction: string | undefined, label: string | undefined, options: FeedbackOptions) =>
        act(async (context) =>
          (await import('../commands/deployment-log.ts')).giveFeedback(context, {
            name,
            prediction,
            label,
            ...options,
          }),
        ),
    )
}
