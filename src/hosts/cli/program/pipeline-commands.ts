import type { Command } from 'commander'
import {
  collect,
  examples,
  paramOption,
  workspaceOption,
  type Act,
  type CheckOptions,
  type RunOptions,
  type TestOptions,
} from './options.ts'

export function addPipelineCommands(program: Command, act: Act): void {
  program
    .command('run')
    .summary('run a pipeline')
    .description(
      'Runs a pipeline. A step runs only if something it depends on has changed since it ran last.',
    )
    .argument('<file>', 'pipeline file')
    .addOption(paramOption())
    .option('--to <node>', 'only this node and what it needs (repeatable)', collect, [])
    .option(
      '--from <node>',
      'this node again, changed or not, and what follows where something changed (repeatable)',
      collect,
      [],
    )
    .option('--json', 'events for a program, one a line', false)
    .option('--trust', 'let the pipeline write outside the workspace; remembered', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      `${examples(
        'pipewright run churn.pipeline.json',
        'pipewright run churn.pipeline.json --param data=march.csv',
        'pipewright run churn.pipeline.json --from trees',
        'pipewright run churn.pipeline.json --json | tail -1',
      )}\n\nExit codes: 0 done, 1 failed, 2 bad usage or pipeline file, 3 cancelled.`,
    )
    .action((file: string, options: RunOptions) =>
      act(async (context) => (await import('../commands/run.ts')).run(context, { file, ...options })),
    )
  program
    .command('test')
    .summary('run a pipeline and hold it against its tests')
    .description(
      'Runs a pipeline and holds it against its tests: its steps come to their ends, expectations and model tests are met, ' +
        'the metrics under “checks” are as good as they must be, pinned outputs are the same, and each endpoint answers ' +
        'held-out rows as predict does.',
    )
    .argument('<file>', 'pipeline file')
    .addOption(paramOption())
    .option('--junit <file>', 'also write the results as JUnit XML, for continuous integration')
    .option('--no-endpoints', 'start no endpoint')
    .option('--json', 'results for a program', false)
    .option('--trust', 'let the pipeline write outside the workspace; remembered', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      `${examples(
        'pipewright test churn.pipeline.json',
        'pipewright test churn.pipeline.json --junit results.xml',
      )}\n\nExit codes: 0 all passed, 1 some failed, 2 bad usage or pipeline file, 3 cancelled.`,
    )
    .action((file: string, options: TestOptions) =>
      act(async (context) => (await import('../commands/test.ts')).test(context, { file, ...options })),
    )
  program
    .command('check')
    .summary('say what is wrong with a pipeline, without running it')
    .description(
      'Says what is wrong with a pipeline, without running it: structure, parameters, columns, leaks.',
    )
    .argument('<file>', 'pipeline file')
    .addOption(paramOption())
    .option('--json', 'findings for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright check churn.pipeline.json'))
    .action((file: string, options: CheckOptions) =>
      act(async (context) => (await import('../commands/check.ts')).check(context, { file, ...options })),
    )
  program
    .command('describe')
    .summary('print the steps of a pipeline and the columns that flow')
    .description('Prints the steps of a pipeline and the columns that flow between them, without running it.')
    .argument('<file>', 'pipeline file')
    .addOption(paramOption())
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright describe churn.pipeline.json'))
    .action((file: string, options: CheckOptions) =>
      act(async (context) =>
        (await import('../commands/describe.ts')).describe(context, { file, ...options }),
      ),
    )
  const subpipelines = program
    .command('subpipelines')
    .summary('see and refresh the pipeline files that a pipeline uses')
    .description('See and refresh the pipeline files that a pipeline uses as sub-pipelines.')
  subpipelines
    .command('list')
    .description('Lists the pipeline files that a pipeline refers to, and says which have changed since.')
    .argument('<file>', 'pipeline file')
    .option('--json', 'for a program', false)
    .addHelpText('after', examples('pipewright subpipelines list churn.pipeline.json'))
    .action((file: string, options: { json: boolean }) =>
      act(async (context) =>
        (await import('../commands/subpipelines.ts')).listSubpipelines(context, { file, ...options }),
      ),
    )
  subpipelines
    .command('refresh')
    .description('Makes each reference to another pipeline file mean the file as it is now.')
    .argument('<file>', 'pipeline file')
    .option('--json', 'for a program', false)
    .addHelpText('after', examples('pipewright subpipelines refresh churn.pipeline.json'))
    .action((file: string, options: { json: boolean }) =>
      act(async (context) =>
        (await import('../commands/subpipelines.ts')).refreshSubpipelines(context, { file, ...options }),
      ),
    )
  program
    .command('format')
    .summary('write a pipeline file in its one canonical form')
    .description('Writes pipeline files in their one canonical form, so that differences show what changed.')
    .argument('<files...>', 'pipeline files')
    .option('--check', 'only tell whether something would change (exit code 1)', false)
    .addHelpText(
      'after',
      examples('pipewright format churn.pipeline.json', 'pipewright format --check *.pipeline.json'),
    )
    .action((files: string[], options: { check: boolean }) =>
      act(async (context) => (await import('../commands/format.ts')).format(context, { files, ...options })),
    )
}
