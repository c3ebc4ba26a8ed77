import type { Command } from 'commander'
import type { MonitorOptions } from './monitor-options.ts'
import { examples, workspaceOption, type Act } from './options.ts'

export function addMonitorCommand(program: Command, act: Act): void {
  program
    .command('monitor')
    .summary('see how an endpoint does')
    .description(
      'Measures what an endpoint has answered since the last time, and shows how it does: drift of its columns and answers, ' +
        'quality once labels have come, errors and latency. Everything is watched without any set-up; --spec changes what.',
    )
    .argument('<deployment>', 'as `deployments list` names it')
    .option('--spec <file>', 'watch what this JSON file says from now on')
    .option('--reset', 'watch what is usual from now on', false)
    .option('--report <file>', 'write the drift report of the newest window as a page')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        'pipewright monitor churn',
        'pipewright monitor churn --report drift.html',
        'pipewright monitor churn --spec monitor.json   # {"window": {"kind": "rows", "rows": 500}, "segments": ["Contract"]}',
      ),
    )
    .action((name: string, options: MonitorOptions) =>
      act(async (context) => (await import('../commands/monitor.ts')).monitor(context, { name, ...options })),
    )
}
