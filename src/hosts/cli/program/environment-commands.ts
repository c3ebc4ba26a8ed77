import type { Command } from 'commander'
import { examples, workspaceOption, type Act, type ListOptions } from './options.ts'
import type { PromoteOptions } from './serving-options.ts'

export function addEnvironmentCommands(models: Command, act: Act): void {
  models
    .command('promote')
    .summary('put a version forward for staging or production')
    .description(
      'Puts a version of a model forward: staging is its alias at once, production once it is approved.',
    )
    .argument('<model>', 'name (its latest version), name@alias or name:version')
    .argument('<environment>', 'staging or production')
    .option('--by <who>', 'who says so; else the user of the system')
    .option('--note <text>', 'why', '')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright models promote churn@champion staging',
        'pipewright models promote churn:3 production --note "better on new customers"',
      ),
    )
    .action((reference: string, environment: string, options: PromoteOptions) =>
      act(async (context) =>
        (await import('../commands/environments.ts')).promoteModel(context, {
          reference,
          environment,
          ...options,
        }),
      ),
    )
  for (const [decision, description] of [
    ['approve', 'Lets the version that waits go to production: the alias is moved to it.'],
    ['reject', 'Keeps the version that waits from going to production.'],
  ] as const)
    models
      .command(decision)
      .description(description)
      .argument('<model>', 'name (whichever version waits), name@alias or name:version')
      .argument('[environment]', 'staging or production', 'production')
      .option('--by <who>', 'who says so; else the user of the system')
      .option('--note <text>', 'why', '')
      .option('--json', 'for a program', false)
      .addOption(workspaceOption())
      .action((reference: string, environment: string, options: PromoteOptions) =>
        act(async (context) =>
          (await import('../commands/environments.ts')).decidePromotion(context, {
            reference,
            environment,
            decision,
            ...options,
          }),
        ),
      )
  models
    .command('environments')
    .description('Shows which versions are in staging and production, what waits, and who decided what.')
    .argument('<model>', 'name')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((model: string, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/environments.ts')).showEnvironments(context, { model, ...options }),
      ),
    )
}
