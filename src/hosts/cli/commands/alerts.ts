import type { AlertInfo, AlertSilence } from '../../../contract/alerts-contract.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ListOptions } from '../program/options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'

type AboutOptions = ListOptions & { deployment: string | undefined }

export async function listAlerts(context: CommandContext, options: AboutOptions): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const deployment = options.deployment ?? null
  const { alerts, silences } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.list({ deployment }),
  )
  if (options.json) {
    output.json({ alerts, silences })
    return exitCodes.done
  }
  if (alerts.length === 0) output.line('No alert is open.')
  for (const alert of alerts) printAlert(context, alert)
  if (silences.length > 0) output.lines(silenceLines(silences))
  return exitCodes.done
}

function printAlert({ output }: CommandContext, alert: AlertInfo): void {
  const { deployment, rule, title, severity, state, since, message, quietUntil, deliveries } = alert
  const { bold, dim } = output.style
  output.line(`${bold(`${deployment}: ${title}`)}  ${state}, ${severity}  ${dim(`(${rule})`)}`)
  output.line(`  Since ${formatTime(since)}. ${message}`)
  if (quietUntil !== null) output.line(`  Nobody is told before ${formatTime(quietUntil)}.`)
  for (const { channel, problem, state: reached } of deliveries)
    if (problem !== null && reached !== 'dropped')
      output.line(`  ${channel} ${reached === 'failed' ? 'was not told' : 'is tried again'}: ${problem}.`)
}

const silenceLines = (silences: readonly AlertSilence[]): string[] =>
  silences.map(
    ({ number, deployment, rule, until, note }) =>
      `Silence ${number}: ${deployment}${rule === null ? '' : `, ${rule}`}, until ${formatTime(until)}` +
      (note === '' ? '' : ` (${note})`),
  )

export async function alertHistory(
  context: CommandContext,
  options: AboutOptions & { limit: number },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const deployment = options.deployment ?? null
  const limit = Math.min(options.limit, 500)
  const page = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.history({ deployment, limit }),
  )
  if (options.json) output.json(page)
  else if (page.alerts.length === 0) output.line('No alert was ever told of.')
  else {
    const columns = ['fired', 'over', 'deployment', 'what', 'severity', 'ended by'].map((title) => ({
      title,
    }))
    const rows = page.alerts.map((alert) => [
      formatTime(alert.firedAt!),
      formatTime(alert.resolvedAt!),
      alert.deployment,
      alert.title,
      alert.severity,
      endings[alert.resolvedBecause!],
    ])
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

const endings: Readonly<Record<NonNullable<AlertInfo['resolvedBecause']>, string>> = {
  recovered: 'itself',
  'version-replaced': 'another version',
  'rule-changed': 'its rule',
  'not-watched': 'the monitor',
  removed: 'the deployment',
}

export async function silenceAlerts(
  context: CommandContext,
  options: ListOptions & { deployment: string; rule: string | undefined; hours: number; note: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { deployment, rule = null, hours, note } = options
  const { silence } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.silence({ deployment, rule, minutes: hours * 60, note }),
  )
  if (options.json) output.json({ silence })
  else output.lines(silenceLines([silence]))
  return exitCodes.done
}

export async function endSilence(
  context: CommandContext,
  options: ListOptions & { number: number },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { number } = options
  await withHost(context, { folder, shared: false }, ({ client }) => client.alerts.endSilence({ number }))
  if (options.json) output.json({ ended: number })
  else output.line(`Silence ${number} is over.`)
  return exitCodes.done
}
