import type { AlertRule } from '../../core/alert-rule.ts'
import { metricTitle, metricValueText } from '../../core/metric-words.ts'
import { yamlText } from '../../serving/export/yaml-text.ts'
import { operationQuery, quoted } from './promql.ts'

/** Endpoints that say nothing for so long are taken to be gone. */
const goneAfter = '5m'

/**
 * Alert rules for Prometheus, one group for each deployment. What the counters of the endpoint say is asked of them;
 * what only the monitor knows (drift, quality) by what it makes of it. That an endpoint is gone, Prometheus alone can tell.
 */
export function prometheusRules(
  deployments: readonly { name: string; rules: readonly AlertRule[] }[],
): string {
  return yamlText({
    groups: deployments.map(({ name, rules }) => ({
      name: `pipewright-${name}`,
      rules: [goneRule(name), ...rules.filter(({ isOn }) => isOn).map((rule) => ruleFor(name, rule))],
    })),
  })
}

function goneRule(deployment: string) {
  return {
    alert: 'PipewrightEndpointGone',
    expr: `absent(pipewright_workers{deployment=${quoted(deployment)}})`,
    for: goneAfter,
    labels: { deployment, severity: 'critical' },
    annotations: {
      summary: `${deployment} does not answer`,
      description: `Nothing was heard of the endpoint ${deployment} for ${goneAfter}.`,
    },
  }
}

function ruleFor(deployment: string, rule: AlertRule) {
  const { id, title, severity } = rule
  const { expr, minutes } = conditionOf(deployment, rule)
  return {
    alert: alertName(id),
    expr,
    ...(minutes > 0 && { for: `${Math.ceil(minutes * 60)}s` }),
    labels: { deployment, rule: id, severity },
    annotations: { summary: `${deployment}: ${untemplated(title)}`, description: descriptionOf(rule) },
  }
}

/** Prometheus reads annotations as templates; what somebody called a rule is none. */
const untemplated = (text: string): string => text.replaceAll('{{', '{{ "{{" }}')

/** `dataset-drift` is PipewrightDatasetDrift. */
const alertName = (id: string): string =>
  `Pipewright${id
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('')}`

function conditionOf(deployment: string, rule: AlertRule): { expr: string; minutes: number } {
  const { comparison, threshold, for: holding } = rule
  const query = operationQuery(rule.metric, { deployment })
  if (query !== null && threshold !== null) {
    const expr = `${query} ${comparison === 'above' ? '>' : '<'} ${threshold}`
    // Their windows are minutes.
    return { expr, minutes: holding.kind === 'minutes' ? holding.minutes : holding.windows }
  }
  // How long it has been so, the monitor has counted already.
  const of = `deployment=${quoted(deployment)}, rule=${quoted(rule.id)}`
  return { expr: `max by (deployment, rule, severity) (pipewright_alert_firing{${of}}) == 1`, minutes: 0 }
}

function descriptionOf({ metric, comparison, threshold }: AlertRule): string {
  const subject = metricTitle(metric)
  switch (comparison) {
    case 'above':
    case 'below':
      return `${subject}: ${comparison} ${metricValueText(metric, threshold!)}.`
    case 'beyond-limit':
      return `${subject}: beyond the limit.`
    case 'no-data':
      return `${subject}: no value any more.`
  }
}
