import type { Command } from 'commander'
import { examples, workspaceOption, type Act, type ExportOptions } from './options.ts'

export function addExportCommands(program: Command, act: Act): void {
  const exporting = program
    .command('export')
    .summary('write what other systems need to serve a model, or to watch it')
    .description('Writes what other systems need to serve a registered model, or to watch what is served.')
  exporting
    .command('kserve')
    .summary('a model repository and an InferenceService')
    .description(
      'Writes a model repository as Triton and KServe read it, and an InferenceService that serves it by the Open Inference ' +
        'Protocol. The graph takes typed columns: callers do what the reader rules would.',
    )
    .argument('<model>', 'name (its latest version), name@alias or name:version')
    .requiredOption('-o, --output <dir>', 'where to write: a folder that is new or empty')
    .requiredOption(
      '--storage-uri <uri>',
      'where the cluster will find the model repository, such as s3://… or pvc://…',
    )
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples('pipewright export kserve churn@champion -o fleet --storage-uri s3://models/churn'),
    )
    .action((reference: string, options: ExportOptions & { storageUri: string }) =>
      act(async (context) =>
        (await import('../commands/export-model.ts')).exportModel(context, {
          reference,
          kind: 'kserve',
          ...options,
        }),
      ),
    )
  exporting
    .command('docker')
    .summary('a Dockerfile with a server for the model alone')
    .description(
      'Writes a Dockerfile with the package of the model: an image that answers with it as `pipewright serve` does, to callers ' +
        'with the token.',
    )
    .argument('<model>', 'name (its latest version), name@alias or name:version')
    .requiredOption('-o, --output <dir>', 'where to write: a folder that is new or empty')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright export docker churn@champion -o image'))
    .action((reference: string, options: ExportOptions) =>
      act(async (context) =>
        (await import('../commands/export-model.ts')).exportModel(context, {
          reference,
          kind: 'docker',
          ...options,
        }),
      ),
    )
  exporting
    .command('grafana')
    .summary('a dashboard, and alert rules for Prometheus')
    .description(
      'Writes a dashboard for Grafana, and the alert rules of deployments as rules of Prometheus. What an earlier export wrote is ' +
        'replaced.',
    )
    .argument('[deployment]', 'only of this one')
    .requiredOption('-o, --output <dir>', 'where to write')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright export grafana -o monitoring'))
    .action((deployment: string | undefined, options: ExportOptions) =>
      act(async (context) =>
        (await import('../commands/export-grafana.ts')).exportGrafana(context, { deployment, ...options }),
      ),
    )
}
