import type { Command } from 'commander'
import { usageError } from '../errors.ts'
import {
  examples,
  wholeNumber,
  workspaceOption,
  type Act,
  type ListOptions,
  type ShowOptions,
} from './options.ts'

export function addRunCommands(program: Command, act: Act): void {
  const runs = program
    .command('runs')
    .summary('see and compare runs')
    .description(
      'See and compare runs. A run is named by its id, the beginning of it, or “latest”: the newest of a pipeline file, not of a prediction.',
    )
  runs
    .command('list')
    .description('Lists the runs, the newest first.')
    .option('-n, --limit <count>', 'at most so many', wholeNumber, 20)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((options: ListOptions & { limit: number }) =>
      act(async (context) => (await import('../commands/runs.ts')).listRuns(context, options)),
    )
  runs
    .command('show')
    .description('Shows the steps, metrics and errors of a run, or one step with its reports.')
    .argument('[run]', 'which run', 'latest')
    .argument('[node]', 'only this node')
    .option('--json', 'for a program', false)
    .option('--html <file>', 'also write the report of the node as a page of its own')
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright runs show',
        'pipewright runs show latest evaluate',
        'pipewright runs show latest profile --html profile.html',
      ),
    )
    .action((run: string, node: string | undefined, options: ShowOptions) =>
      act(async (context) => {
        if (node === undefined && options.html !== undefined) throw usageError('no-node')
        if (node === undefined)
          return (await import('../commands/runs.ts')).showRun(context, { run, ...options })
        return (await import('../commands/show-step.ts')).showStep(context, { run, node, ...options })
      }),
    )
  runs
    .command('why')
    .description('Says of each step why it ran, or why it did not have to.')
    .argument('[run]', 'which run', 'latest')
    .argument('[node]', 'only this node')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright runs why', 'pipewright runs why latest trees'))
    .action((run: string, node: string | undefined, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/runs.ts')).whyRun(context, { run, node, ...options }),
      ),
    )
  runs
    .command('compare')
    .description('Says what differs between two runs: parameters, metrics, steps, rows.')
    .argument('<before>', 'which run; “latest” alone is compared with the run before it of the same pipeline')
    .argument('[after]', 'which run; else the latest')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright runs compare latest',
        'pipewright runs compare 0193a7f2',
        'pipewright runs compare 0193a7f2 0193a8b1',
      ),
    )
    .action((before: string, after: string | undefined, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/compare.ts')).compareRuns(context, { before, after, ...options }),
      ),
    )
  program
    .command('reproduce')
    .summary('run a run again and compare every result')
    .description('Runs a run again without its stored results, and compares the hash of every result.')
    .argument('<run>', 'id of a run, the beginning of one, or “latest”')
    .option('--threads <count>', 'with so many threads', wholeNumber)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright reproduce latest', 'pipewright reproduce latest --threads 1'))
    .action((run: string, options: ListOptions & { threads?: number }) =>
      act(async (context) =>
        (await import('../commands/reproduce.ts')).reproduce(context, { run, ...options }),
      ),
    )
}
