import type { Command } from 'commander'
import { silenceHours } from './alert-options.ts'
import { examples, wholeNumber, workspaceOption, type Act, type ListOptions } from './options.ts'

export function addAlertCommands(program: Command, act: Act): void {
  const alerts = program
    .command('alerts')
    .summary('see what is wrong with what is served, and who is told')
    .description('See what is wrong with what is served, and who is told.')
  alerts
    .command('list', { isDefault: true })
    .description('Lists the alerts that are open, the worst first, and what is silenced.')
    .argument('[deployment]', 'only of this one')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText('after', examples('pipewright alerts', 'pipewright alerts list churn --json'))
    .action((deployment: string | undefined, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/alerts.ts')).listAlerts(context, { deployment, ...options }),
      ),
    )
  alerts
    .command('history')
    .description('Lists the alerts that are over, the newest first.')
    .argument('[deployment]', 'only of this one')
    .option('--limit <count>', 'so many', wholeNumber, 50)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((deployment: string | undefined, options: ListOptions & { limit: number }) =>
      act(async (context) =>
        (await import('../commands/alerts.ts')).alertHistory(context, { deployment, ...options }),
      ),
    )
  alerts
    .command('silence')
    .description(
      'Tells nobody of a rule, or of any rule of a deployment, for a while. What is over meanwhile is told.',
    )
    .argument('<deployment>', 'whose alerts')
    .argument('[rule]', 'only this one')
    .option('--hours <hours>', 'for so long, at most a year', silenceHours, 1)
    .option('--note <text>', 'why', '')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples('pipewright alerts silence churn dataset-drift --hours 8 --note "new branch"'),
    )
    .action(
      (
        deployment: string,
        rule: string | undefined,
        options: ListOptions & { hours: number; note: string },
      ) =>
        act(async (context) =>
          (await import('../commands/alerts.ts')).silenceAlerts(context, { deployment, rule, ...options }),
        ),
    )
  alerts
    .command('unsilence')
    .description('Ends a silence before its time.')
    .argument('<number>', 'as `alerts list` shows it', wholeNumber)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((number: number, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/alerts.ts')).endSilence(context, { number, ...options }),
      ),
    )
  alerts
    .command('test')
    .description('Tells a channel something at once, and says whether it was taken.')
    .argument('<channel>', 'as `alerts channels` lists it')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((channel: string, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/alert-channels.ts')).testChannel(context, { channel, ...options }),
      ),
    )
  addChannelCommands(alerts, act)
}

function addChannelCommands(alerts: Command, act: Act): void {
  const channels = alerts
    .command('channels')
    .description('Where alerts are told: the app, the desktop, webhooks, mailboxes, programs.')
  channels
    .command('list', { isDefault: true })
    .description('Lists the channels, and what did not get through.')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((options: ListOptions) =>
      act(async (context) => (await import('../commands/alert-channels.ts')).listChannels(context, options)),
    )
  channels
    .command('keep')
    .description('Makes a channel, or changes one. Passwords and tokens are secrets, named as `secret:NAME`.')
    .argument('<name>', 'as rules call it')
    .argument('<target>', 'what it is: a JSON object, or a file with it')
    .option('--trust', 'let it run a program of this computer', false)
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .addHelpText(
      'after',
      examples(
        `pipewright alerts channels keep team '{"kind":"webhook","url":"secret:chat","format":"slack"}'`,
        `pipewright alerts channels keep mail mail.json   # {"kind":"email","host":"smtp.example.com",…}`,
        `pipewright alerts channels keep lamp '{"kind":"command","argv":["/usr/local/bin/lamp","red"]}' --trust`,
      ),
    )
    .action((name: string, target: string, options: ListOptions & { trust: boolean }) =>
      act(async (context) =>
        (await import('../commands/alert-channels.ts')).keepChannel(context, { name, target, ...options }),
      ),
    )
  channels
    .command('remove')
    .description('Removes a channel; what waits for it is told no more.')
    .argument('<name>')
    .option('--json', 'for a program', false)
    .addOption(workspaceOption())
    .action((name: string, options: ListOptions) =>
      act(async (context) =>
        (await import('../commands/alert-channels.ts')).removeChannel(context, { name, ...options }),
      ),
    )
}
