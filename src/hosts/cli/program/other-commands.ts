import type { Command } from 'commander'
import { examples, wholeNumber, workspaceOption, type Act, type ListOptions } from './options.ts'

export function addOtherCommands(program: Command, act: Act): void {
  const nodes = program
    .command('nodes')
    .summary('see what a pipeline can be built from')
    .description('See what a pipeline can be built from.')
  nodes
    .command('list')
    .description('Lists the types of nodes.')
    .option('--json', 'for a program', false)
    .action((options: { json: boolean }) =>
      act(async (context) => (await import('../commands/nodes.ts')).listNodes(context, options)),
    )
  nodes
    .command('show')
    .description('Shows a type of node: its ports, its parameters, an example.')
    .argument('<type>', 'such as features.split')
    .option('--json', 'the definition, with the JSON Schema of its parameters', false)
    .addHelpText('after', examples('pipewright nodes show features.split'))
    .action((id: string, options: { json: boolean }) =>
      act(async (context) => (await import('../commands/nodes.ts')).showNode(context, { id, ...options })),
    )
  program
    .command('forget')
    .summary('let steps run again, changed or not')
    .description(
      'Forgets the stored results of nodes and of all that depends on them: the next run makes them again.',
    )
    .argument('<file>', 'pipeline file')
    .argument('<nodes...>', 'nodes of the pipeline')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright forget churn.pipeline.json trees'))
    .action((file: string, nodes: string[], options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/forget.ts')).forget(context, { file, nodes, ...options }),
      ),
    )
  program
    .command('gc')
    .summary('remove stored results that nothing needs any more')
    .description(
      'Removes stored results that nothing needs any more. Recent runs, registered models and pins keep theirs.',
    )
    .option('--dry-run', 'only tell what would be removed', false)
    .option('--verify', 'first read every file, and drop what is damaged', false)
    .option('--keep-runs <count>', 'of each pipeline, keep the results of so many runs', wholeNumber, 10)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright gc --dry-run', 'pipewright gc --verify --keep-runs 3'))
    .action((options: ListOptions & { dryRun: boolean; verify: boolean; keepRuns: number }) =>
      act(async (context) => (await import('../commands/gc.ts')).collectGarbage(context, options)),
    )
  program
    .command('completion')
    .summary('print a script that completes commands in your shell')
    .description('Prints a script that completes commands, options, nodes and models in your shell.')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      examples(
        'source <(pipewright completion bash)                            # in ~/.bashrc',
        'source <(pipewright completion zsh)                             # in ~/.zshrc',
        'pipewright completion fish > ~/.config/fish/completions/pipewright.fish',
      ),
    )
    .action((shell: string) =>
      act(async (context) => (await import('../commands/completion.ts')).completion(context, { shell })),
    )
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action((words: string[]) =>
      act(async (context) => (await import('../commands/complete.ts')).complete(context, { words, program })),
    )
}
