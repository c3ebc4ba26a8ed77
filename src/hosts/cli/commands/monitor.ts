import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Client } from '../../../contract/create-client.ts'
import type { MonitorOverview, MonitorReference } from '../../../contract/monitoring-contract.ts'
import { operationMetrics, type MonitorMetric } from '../../../core/monitor-metrics.ts'
import { monitorSpecSchema, type MonitorPoint, type MonitorSpec } from '../../../core/monitor.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import { explainIssues } from '../../../core/explain-issues.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { Output } from '../output.ts'
import type { MonitorOptions } from '../program/monitor-options.ts'
import { formatBytes, formatMetric, formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'
import { writeResult } from '../write-result.ts'

/** Measures what is due, and shows how a deployment does. */
export async function monitor(
  context: CommandContext,
  options: MonitorOptions & { name: string },
): Promise<ExitCode> {
  const { output, cwd, interrupts } = context
  const { name, json, report } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const spec = options.spec === undefined ? null : await readSpec(options.spec, cwd)
  const shown = await withHost(context, { folder, shared: false }, async ({ client }) => {
    if (spec !== null || options.reset) await client.monitoring.apply({ name, spec })
    await client.monitoring.settle({ name }, { signal: interrupts.first })
    interrupts.first.throwIfAborted()
    const found = await client.monitoring.show({ name })
    if (report !== undefined) {
      await writeReport(client, { overview: found.overview, file: report, cwd })
      output.remark(`The report is in ${resolve(cwd, report)}.`)
    }
    return { ...found, points: await windowPoints(client, found.overview) }
  })
  if (json) output.json(shown)
  else print(context, shown)
  return exitCodes.done
}

async function readSpec(path: string, cwd: string): Promise<MonitorSpec> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw usageError('data-missing', { path, folder: cwd }, { cause })
    throw usageError('bad-monitor', { path, problem: reasonOfFailure(cause) }, { cause })
  })
  const read = explainIssues(monitorSpecSchema, parsed(text, path))
  if (read.success) return read.data
  const [first] = read.explanations
  throw usageError('bad-monitor', { path, problem: `${first!.path.join('.')}: ${first!.message}` })
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw usageError('bad-monitor', { path, problem: (cause as Error).message }, { cause })
  }
}

async function windowPoints(client: Client, { name, window }: MonitorOverview): Promise<MonitorPoint[]> {
  if (!window) return []
  const { version, from } = window
  return (await client.monitoring.window({ name, version, from })).points
}

async function writeReport(
  client: Client,
  { overview, file, cwd }: { overview: MonitorOverview; file: string; cwd: string },
): Promise<void> {
  const { name, window } = overview
  if (!window) throw usageError('no-window', { name, reason: overview.reason })
  const { page } = await client.monitoring.report({ name, version: window.version, from: window.from })
  await writeResult(file, { cwd, text: page })
}

interface Shown {
  overview: MonitorOverview
  references: readonly MonitorReference[]
  points: readonly MonitorPoint[]
}

function print({ output }: CommandContext, { overview, references, points }: Shown): void {
  const { bold } = output.style
  const { name, health, reason, window, newest } = overview
  output.line(`${bold(name)}  ${health}: ${reason}`)
  for (const { version, reason: why, calibration } of references) {
    if (why !== null) output.line(`${version}: ${why}`)
    if (calibration && !calibration.isCalibrated)
      output.line(
        `${version}: No accuracy is expected from its confidence: on the held-out rows that is ` +
          `${formatMetric(calibration.confidence)}, and its accuracy ${formatMetric(calibration.accuracy)}.`,
      )
  }
  if (window)
    output.line(
      `\n${bold(window.version)}, ${formatTime(window.from)} to ${formatTime(window.to)}: ${window.rows} rows, ` +
        `${window.labelled} of them labelled`,
    )
  const columns = [
    { title: '  metric' },
    { title: 'value', align: 'right' as const },
    { title: 'usual', align: 'right' as const },
    { title: 'limit', align: 'right' as const },
    { title: '' },
  ]
  const told = [
    ...newest.filter(({ version }) => version !== null),
    ...points.filter(({ column, segment, isBeyond }) => column !== null && segment === null && isBeyond),
    ...newest.filter(({ version }) => version === null),
  ]
  const rows = told.map((point) => [
    `  ${point.column === null ? point.metric : `${point.metric} ${point.column}`}`,
    shownValue(point.metric, point.value),
    point.reference === null ? '' : shownValue(point.metric, point.reference),
    point.limit === null ? '' : shownValue(point.metric, point.limit),
    point.isBeyond ? 'beyond' : '',
  ])
  if (rows.length > 0) output.lines(formatTable({ columns, rows, width: output.width }))
  printSegments(output, points)
}

const segmentMetrics = ['quality-accuracy', 'quality-mae', 'drift-share'] as const

/** What is measured of each segment by itself. */
function printSegments(output: Output, points: readonly MonitorPoint[]): void {
  const bySegment = Map.groupBy(
    points.filter(({ segment, column }) => segment !== null && column === null),
    ({ segment }) => `${segment!.column} = ${segment!.value}`,
  )
  if (bySegment.size === 0) return
  const told = segmentMetrics.filter((metric) =>
    points.some((point) => point.segment && point.metric === metric),
  )
  const columns = [
    { title: '  segment' },
    ...told.map((title) => ({ title, align: 'right' as const })),
    { title: '' },
  ]
  const rows = [...bySegment].map(([segment, own]) => {
    const beyond = own.filter(({ isBeyond }) => isBeyond).map(({ metric }) => metric)
    const values = told.map((metric) => {
      const point = own.find((each) => each.metric === metric)
      return point ? shownValue(metric, point.value) : '–'
    })
    return [`  ${segment}`].concat(values, beyond.length > 0 ? `beyond: ${beyond.join(', ')}` : '')
  })
  output.lines(['', ...formatTable({ columns, rows, width: output.width })])
}

function shownValue(metric: MonitorMetric, value: number): string {
  if (metric === 'memory') return formatBytes(value)
  const isTime = metric.startsWith('latency-') && (operationMetrics as readonly string[]).includes(metric)
  return isTime ? `${formatMetric(value)} ms` : formatMetric(value)
}
