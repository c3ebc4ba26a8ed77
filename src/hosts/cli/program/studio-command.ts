import type { Command } from 'commander'
import { examples, portNumber, type Act, type StudioOptions } from './options.ts'

export function addStudioCommand(program: Command, act: Act): void {
  program
    .command('studio')
    .summary('draw, run and look at pipelines in the browser')
    .description(
      'Opens the app in the browser: draw a pipeline, run it, look at what happened. It works on the folder that is ' +
        'named, else on the nearest workspace above the current folder, else on the current folder. Only this machine ' +
        'can reach it, and only with the address that is printed. Ctrl-C ends it; runs that are in progress are waited ' +
        'for, and a second Ctrl-C cancels them.',
    )
    .argument('[folder]', 'with pipelines and their data')
    .option('--port <number>', 'the port to listen on; else any that is free', portNumber)
    .option('--no-open', 'only print the address')
    .addHelpText(
      'after',
      examples('pipewright studio', 'pipewright studio my-pipelines --port 4711 --no-open'),
    )
    .action((folder: string | undefined, options: StudioOptions) =>
      act(async (context) => (await import('../commands/studio.ts')).studio(context, { folder, ...options })),
    )
}
