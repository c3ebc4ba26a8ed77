import { metricWords } from '../../core/metric-words.ts'
import { qualityMetrics, type MonitorMetric } from '../../core/monitor-metrics.ts'
import { gaugeOf, matcherOf, operationQuery, rateOf } from './promql.ts'

interface Query {
  expr: string
  legend: string
}
interface PanelSpec {
  title: string
  description?: string
  unit: string
  queries: readonly Query[]
}

const of = matcherOf('chosen')
const dataSource = { type: 'prometheus', uid: '${datasource}' }
const versionLegend = '{{model}}:{{version}}'
const columnLegend = `{{column}} (${versionLegend})`
const panelWidth = 8
const panelHeight = 8
const fullWidth = 24

/** A dashboard as Grafana 10 and later import it: one deployment at a time, chosen at its top. */
export function grafanaDashboard(chosen: string | null): object {
  return {
    title: 'Pipewright',
    uid: 'pipewright',
    tags: ['pipewright', 'machine-learning'],
    schemaVersion: 39,
    editable: true,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: [dataSourceVariable, deploymentVariable(chosen)] },
    annotations: { list: [firingAnnotation] },
    panels: laidOut([
      { title: 'Traffic', panels: trafficPanels },
      { title: 'Data', panels: dataPanels },
      { title: 'Quality', panels: qualityPanels },
      { title: 'Alerts', panels: alertPanels },
    ]),
  }
}

const dataSourceVariable = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  current: {},
}

function deploymentVariable(chosen: string | null) {
  return {
    name: 'deployment',
    label: 'Deployment',
    type: 'query',
    datasource: dataSource,
    query: { query: 'label_values(pipewright_workers, deployment)', refId: 'deployments' },
    refresh: 2,
    sort: 1,
    current: chosen === null ? {} : { text: chosen, value: chosen },
  }
}

/** Where an alert fires, the charts have a mark. */
const firingAnnotation = {
  name: 'Alerts',
  datasource: dataSource,
  enable: true,
  iconColor: 'red',
  expr: `max by (deployment, rule) (pipewright_alert_firing{${of}}) == 1`,
  titleFormat: '{{rule}}',
}

const operation = (metric: MonitorMetric): string => operationQuery(metric, 'chosen')!
/** Of all rows; segments have series of their own. */
const gauge = (metric: MonitorMetric): string => `${gaugeOf(metric)}{${of}, segment=""}`

const trafficPanels: readonly PanelSpec[] = [
  {
    title: 'Requests a minute',
    unit: 'short',
    queries: [{ expr: operation('requests'), legend: 'requests' }],
  },
  {
    title: 'Latency',
    unit: 'ms',
    queries: (['latency-p50', 'latency-p95', 'latency-p99'] as const).map((metric) => ({
      expr: operation(metric),
      legend: metric.slice(-3),
    })),
  },
  {
    title: 'Failed requests, by reason',
    unit: 'reqps',
    queries: [
      {
        expr: `sum by (reason) (rate(pipewright_errors_total{${of}}[5m]))`,
        legend: '{{reason}}',
      },
    ],
  },
  {
    title: 'Rows a minute, by version',
    unit: 'short',
    queries: [
      {
        expr: `60 * sum by (model, version, role) (rate(pipewright_predictions_total{${of}}[5m]))`,
        legend: `${versionLegend} ({{role}})`,
      },
    ],
  },
  {
    title: 'Cores in use',
    unit: 'short',
    queries: [{ expr: rateOf(`cpu_seconds_total{${of}}`), legend: 'cores' }],
  },
  {
    title: 'Memory',
    unit: 'bytes',
    queries: [{ expr: `sum by (deployment) (pipewright_resident_memory_bytes{${of}})`, legend: 'resident' }],
  },
]

const dataPanels: readonly PanelSpec[] = [
  {
    title: metricWords['drift-share'].title,
    unit: 'percentunit',
    queries: [{ expr: gauge('drift-share'), legend: versionLegend }],
  },
  {
    title: 'Columns that drifted the farthest',
    description:
      'Distances and 1 − p of tests stand beside each other: what counts is the limit of each column.',
    unit: 'short',
    queries: [{ expr: `topk(10, ${gauge('column-drift')})`, legend: columnLegend }],
  },
  {
    title: metricWords['prediction-drift'].title,
    unit: 'short',
    queries: [{ expr: gauge('prediction-drift'), legend: versionLegend }],
  },
  {
    title: metricWords['missing-share'].title,
    unit: 'percentunit',
    queries: [{ expr: `topk(10, ${gauge('missing-share')})`, legend: columnLegend }],
  },
  {
    title: metricWords['unseen-share'].title,
    unit: 'percentunit',
    queries: [{ expr: `topk(10, ${gauge('unseen-share')})`, legend: columnLegend }],
  },
  {
    title: metricWords['fallback-share'].title,
    unit: 'percentunit',
    queries: [{ expr: operation('fallback-share'), legend: 'fallback' }],
  },
]

const shares = qualityMetrics.filter((metric) => metricWords[metric].unit === 'share')
const amounts = qualityMetrics.filter((metric) => metricWords[metric].unit !== 'share')

const qualityPanels: readonly PanelSpec[] = [
  {
    title: 'Quality, as shares',
    description: 'Of windows that labels have come for; expected accuracy needs none.',
    unit: 'percentunit',
    queries: [...shares, 'expected-accuracy' as const].map((metric) => ({
      expr: gauge(metric),
      legend: `${metricWords[metric].title} (${versionLegend})`,
    })),
  },
  {
    title: 'Quality, as amounts',
    unit: 'short',
    queries: amounts.map((metric) => ({
      expr: gauge(metric),
      legend: `${metricWords[metric].title} (${versionLegend})`,
    })),
  },
  {
    title: metricWords['labelled-share'].title,
    unit: 'percentunit',
    queries: [{ expr: gauge('labelled-share'), legend: versionLegend }],
  },
  {
    title: 'Business metrics',
    unit: 'short',
    queries: [{ expr: gauge('business'), legend: `{{name}} (${versionLegend})` }],
  },
]

const alertPanels: readonly PanelSpec[] = [
  {
    title: 'Alerts that fire',
    unit: 'short',
    queries: [
      {
        expr: `max by (deployment, rule, severity) (pipewright_alert_firing{${of}})`,
        legend: '{{rule}} ({{severity}})',
      },
    ],
  },
]

function laidOut(rows: readonly { title: string; panels: readonly PanelSpec[] }[]): object[] {
  const all: object[] = []
  let top = 0
  for (const { title, panels } of rows) {
    all.push({
      id: all.length + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y: top, w: fullWidth, h: 1 },
      panels: [],
    })
    top += 1
    for (const [index, panel] of panels.entries()) {
      const column = index % (fullWidth / panelWidth)
      const row = Math.floor(index / (fullWidth / panelWidth))
      const gridPos = { x: column * panelWidth, y: top + row * panelHeight, w: panelWidth, h: panelHeight }
      all.push({ id: all.length + 1, gridPos, ...panelJson(panel) })
    }
    top += Math.ceil(panels.length / (fullWidth / panelWidth)) * panelHeight
  }
  return all
}

function panelJson({ title, description, unit, queries }: PanelSpec): object {
  return {
    type: 'timeseries',
    title,
    ...(description !== undefined && { description }),
    datasource: dataSource,
    fieldConfig: { defaults: { unit, custom: { fillOpacity: 8, showPoints: 'never' } }, overrides: [] },
    options: {
      legend: { displayMode: 'list', placement: 'bottom' },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCodePoint(65 + index),
      datasource: dataSource,
      expr,
      legendFormat: legend,
    })),
  }
}
