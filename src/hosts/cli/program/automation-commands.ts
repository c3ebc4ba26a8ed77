import type { Command } from 'commander'
import {
  examples,
  paramOption,
  wholeNumber,
  workspaceOption,
  type Act,
  type CheckOptions,
  type ListOptions,
} from './options.ts'
import type { JobOptions, ScheduleOptions, SwitchOptions } from './automation-options.ts'

export function addAutomationCommands(program: Command, act: Act): void {
  addWatchCommand(program, act)
  addScheduleCommands(program, act)
  addRetrainCommands(program, act)
}

function addWatchCommand(program: Command, act: Act): void {
  program
    .command('watch')
    .summary('carry out schedules and retraining, without a window')
    .description(
      'Carries out the schedules that are switched on, retrains what is to be retrained, and keeps endpoints up, until ' +
        'Ctrl-C. What fell due while nothing was there is made up for by the catch-up rule of each schedule; what was ' +
        'begun goes on from the steps that had finished. While the app has the workspace open, that does the work, and this ' +
        'command takes over when it ends.',
    )
    .argument('[folder]', 'the workspace; else the nearest above the current folder')
    .option('--json', 'for a program: a line for each thing that happens', false)
    .addHelpText('after', examples('pipewright watch', 'pipewright watch my-pipelines --json'))
    .action((folder: string | undefined, options: { json: boolean }) =>
      act(async (context) => (await import('../commands/watch.ts')).watch(context, { folder, ...options })),
    )
}

const json = ['--json', 'for a program', false] as const

function addScheduleCommands(program: Command, act: Act): void {
  const schedules = program.command('schedules').description('What starts pipelines by themselves.')
  const load = () => import('../commands/schedules.ts')
  schedules
    .command('list')
    .description('Shows when pipelines run by themselves: all of the workspace, or those of one file.')
    .argument('[file]', 'a pipeline file')
    .option(...json)
    .addOption(workspaceOption())
    .action((file: string | undefined, options: ScheduleOptions) =>
      act(async (context) => (await load()).listSchedules(context, { file, ...options })),
    )
  for (const [word, isOn] of [
    ['on', true],
    ['off', false],
  ] as const)
    schedules
      .command(word)
      .description(
        isOn
          ? 'Lets a schedule start its pipeline in this workspace from now on.'
          : 'Lets a schedule start nothing any more.',
      )
      .argument('<file>', 'a pipeline file')
      .argument('<schedule>', 'its name in the section “automation” of the file')
      .option('--trust', 'also let the pipeline write and send outside of the workspace', false)
      .option(...json)
      .addOption(workspaceOption())
      .addHelpText('after', examples(`pipewright schedules ${word} telco-churn.pipeline.json nightly`))
      .action((file: string, name: string, options: SwitchOptions) =>
        act(async (context) => (await load()).switchSchedule(context, { file, name, isOn, ...options })),
      )
  schedules
    .command('run-now')
    .description('Runs a pipeline as its schedule would, and waits for it.')
    .argument('<file>', 'a pipeline file')
    .argument('<schedule>', 'its name')
    .addOption(paramOption())
    .option(...json)
    .addOption(workspaceOption())
    .action((file: string, name: string, options: CheckOptions) =>
      act(async (context) => (await load()).runNow(context, { file, name, ...options })),
    )
  schedules
    .command('history')
    .description('Shows what fell due, and what became of it; the newest first.')
    .argument('[file]', 'a pipeline file')
    .option('--limit <number>', 'how many', wholeNumber, 20)
    .option(...json)
    .addOption(workspaceOption())
    .action((file: string | undefined, options: ScheduleOptions & { limit: number }) =>
      act(async (context) => (await load()).showHistory(context, { file, ...options })),
    )
  schedules
    .command('hook')
    .description('Shows where a call starts a pipeline, and by which token.')
    .argument('<file>', 'a pipeline file')
    .argument('<schedule>', 'its name')
    .option(...json)
    .addOption(workspaceOption())
    .action((file: string, name: string, options: ListOptions) =>
      act(async (context) => (await load()).showHook(context, { file, name, ...options })),
    )
}

function addRetrainCommands(program: Command, act: Act): void {
  const retrain = program.command('retrain').description('Training the models of endpoints anew.')
  const load = () => import('../commands/retrain.ts')
  retrain
    .command('list')
    .description('Shows what is retrained, and how near a reason for it is.')
    .option(...json)
    .addOption(workspaceOption())
    .action((options: ListOptions) => act(async (context) => (await load()).listRetraining(context, options)))
  retrain
    .command('now')
    .description('Retrains at once: trains a challenger, judges it, and promotes it where it is better.')
    .argument('<deployment>', 'as `deployments list` names it')
    .option('--by <who>', 'who asks; else the user of the system')
    .option('--note <text>', 'why', '')
    .option(...json)
    .addOption(workspaceOption())
    .action((deployment: string, options: JobOptions) =>
      act(async (context) => (await load()).retrainNow(context, { deployment, ...options })),
    )
  retrain
    .command('jobs')
    .description('Shows the retraining jobs of a deployment, the newest first.')
    .argument('<deployment>', 'as `deployments list` names it')
    .option(...json)
    .addOption(workspaceOption())
    .action((deployment: string, options: ListOptions) =>
      act(async (context) => (await load()).listJobs(context, { deployment, ...options })),
    )
  retrain
    .command('show')
    .description('Shows a job step by step, with its reasons and numbers.')
    .argument('<job>', 'its number', wholeNumber)
    .option(...json)
    .addOption(workspaceOption())
    .action((job: number, options: ListOptions) =>
      act(async (context) => (await load()).showJob(context, { job, ...options })),
    )
  for (const [word, description] of [
    ['approve', 'Lets the challenger of a job that waits for it be promoted.'],
    ['reject', 'Keeps the champion.'],
    ['cancel', 'Ends a job that has promoted nothing yet.'],
    ['roll-back', 'Puts the champion before back in place of the one that a job promoted.'],
  ] as const)
    retrain
      .command(word)
      .description(description)
      .argument('<job>', 'its number', wholeNumber)
      .option('--by <who>', 'who says so; else the user of the system')
      .option('--note <text>', 'why', '')
      .option(...json)
      .addOption(workspaceOption())
      .action((job: number, options: JobOptions) =>
        act(async (context) => (await load()).sayOfJob(context, { word, job, ...options })),
      )
  for (const [word, isOn] of [
    ['on', true],
    ['off', false],
  ] as const)
    retrain
      .command(word)
      .description(isOn ? 'Lets jobs start by themselves again.' : 'Lets no job start by itself any more.')
      .argument('<deployment>', 'as `deployments list` names it')
      .option(...json)
      .addOption(workspaceOption())
      .action((deployment: string, options: ListOptions) =>
        act(async (context) => (await load()).switchRetraining(context, { deployment, isOn, ...options })),
      )
}
