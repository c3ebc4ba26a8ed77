import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { alertRuleSchema, defaultAlertRules } from '../../../../src/core/alert-rule.ts'
import { grafanaFiles } from '../../../../src/monitoring/grafana/grafana-files.ts'
import { monitorGauges } from '../../../../src/monitoring/monitors/monitor-gauges.ts'
import { monitorMetrics } from '../../../../src/core/monitor-metrics.ts'
import { gaugesText, metricsText } from '../../../../src/serving/server/metrics-text.ts'
import { noStatistics } from '../../../fixtures/serving/serve-routes.ts'
import { pointAt } from '../alerts/alert-samples.ts'
import { yamlText } from '../../../../src/serving/export/yaml-text.ts'

const promtool = process.env['CI'] !== undefined || !spawnSync('promtool', ['--version']).error
if (!promtool) console.warn('promtool is missing: apt-get install prometheus')

const rules = [
  ...defaultAlertRules,
  alertRuleSchema.parse({
    id: 'slow',
    title: 'It is "slow" {{ indeed',
    metric: 'latency-p99',
    comparison: 'above',
    threshold: 250,
    for: { kind: 'minutes', minutes: 1.5 },
  }),
  alertRuleSchema.parse({ id: 'unused', title: 'Off', metric: 'rows', isOn: false }),
]
const files = grafanaFiles([{ name: 'churn', rules, port: 8_764 }], 'churn')

function folderWith(contents: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-grafana-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text)
  return folder
}

const ask = (words: string[], folder: string) => {
  const { status, stdout, stderr } = spawnSync('promtool', words, { cwd: folder, encoding: 'utf8' })
  return { status, told: stdout + stderr }
}

interface Panel {
  type: string
  title: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets?: { expr: string; refId: string }[]
}
const dashboard = JSON.parse(files['pipewright-dashboard.json']!) as {
  panels: Panel[]
  annotations: { list: { expr: string }[] }
  templating: { list: { name: string; current: object }[] }
}
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.annotations.list.map(({ expr }) => expr),
]

describe('what Grafana and Prometheus are given', () => {
  it.skipIf(!promtool)('has rules that Prometheus’ own tool accepts', () => {
    const { status, told } = ask(['check', 'rules', 'pipewright-rules.yaml'], folderWith(files))
    expect({ status, told }).toMatchObject({
      status: 0,
      told: expect.stringContaining('7 rules found') as string,
    })
  })

  it.skipIf(!promtool)('has queries on the dashboard that Prometheus understands', () => {
    const recorded = expressions.map((expr, index) => ({ record: `query_${index}`, expr }))
    const folder = folderWith({
      'queries.yaml': yamlText({ groups: [{ name: 'queries', rules: recorded }] }),
    })
    const { status, told } = ask(['check', 'rules', 'queries.yaml'], folder)
    expect({ status, told }).toMatchObject({ status: 0 })
  })

  it('asks for nothing that endpoints do not tell', () => {
    const version = { model: 'churn', version: 1, requests: 1, rows: 1, errors: 1, lastAt: 1, labels: {} }
    const latency = { counts: [1], sum: 1 }
    const value = { count: 0, sum: 0, sumOfSquares: 0 }
    const statistics = {
      ...noStatistics,
      versions: { 'churn:1': { ...version, role: 'live' as const, latency, value } },
      errors: { timeout: 1 },
    }
    const metrics = metricsText([statistics], { name: 'churn', versions: [] })
    const points = monitorMetrics.map((metric) => pointAt(1, { metric }))
    const gauges = gaugesText(monitorGauges('churn', points))
    const told = `${metrics}${gauges}pipewright_alert_firing`.match(/pipewright_\w+/g)!
    const asked = `${expressions.join()} ${files['pipewright-rules.yaml']}`.match(/pipewright_\w+/g)!
    expect(asked.filter((name) => !told.includes(name))).toEqual([])
  })

  it.skipIf(!promtool)('has rules that fire when they should, and only then', () => {
    const of = 'deployment="churn"'
    const minutes = 30
    const steady = (perMinute: number): string => `0+${perMinute}x${minutes}`
    const firing = (alertname: string, labels: object) => ({
      alertname,
      exp_alerts: [labels],
      eval_time: '20m',
    })
    const series = (errors: number) => [
      { series: `pipewright_workers{${of}}`, values: `2x${minutes}` },
      { series: `pipewright_requests_total{${of}, model="churn"}`, values: steady(100) },
      { series: `pipewright_errors_total{${of}, reason="timeout"}`, values: steady(errors) },
      {
        series: `pipewright_alert_firing{${of}, rule="dataset-drift", severity="warning"}`,
        values: `${errors > 0 ? 1 : 0}x${minutes}`,
      },
    ]
    const tests = [
      {
        interval: '1m',
        input_series: series(0),
        alert_rule_test: ['PipewrightErrors', 'PipewrightDatasetDrift', 'PipewrightEndpointGone'].map(
          (alertname) => ({ alertname, eval_time: '20m', exp_alerts: [] }),
        ),
      },
      {
        interval: '1m',
        input_series: series(10),
        alert_rule_test: [
          firing('PipewrightErrors', {
            exp_labels: { deployment: 'churn', rule: 'errors', severity: 'critical' },
            exp_annotations: {
              summary: 'churn: Many requests fail',
              description: 'Refused or failed: above 5 %.',
            },
          }),
          firing('PipewrightDatasetDrift', {
            exp_labels: { deployment: 'churn', rule: 'dataset-drift', severity: 'warning' },
            exp_annotations: {
              summary: 'churn: The data has drifted',
              description: 'Columns that have drifted: beyond the limit.',
            },
          }),
        ],
      },
      {
        interval: '1m',
        input_series: [],
        alert_rule_test: [
          firing('PipewrightEndpointGone', {
            exp_labels: { deployment: 'churn', severity: 'critical' },
            exp_annotations: {
              summary: 'churn does not answer',
              description: 'Nothing was heard of the endpoint churn for 5m.',
            },
          }),
        ],
      },
    ]
    const story = { rule_files: ['pipewright-rules.yaml'], evaluation_interval: '1m', tests }
    const folder = folderWith({ ...files, 'story.yaml': JSON.stringify(story) })
    expect(ask(['test', 'rules', 'story.yaml'], folder)).toMatchObject({ status: 0 })
  })

  it('lays panels out without one over another, and begins with the deployment that was named', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(dashboard.templating.list[1]).toMatchObject({ name: 'deployment', current: { value: 'churn' } })
    expect(files['README.md']).toContain('127.0.0.1:8764 # churn')
  })
})
