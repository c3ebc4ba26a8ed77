import type { WebhookFormat } from '../../core/alert-channel.ts'
import { detailsOf, headlineOf, messageKey, momentOf, type AlertNotice } from './alert-notice.ts'

interface WebhookBody {
  contentType: string
  body: string
}

/** The body of a webhook, in the words of its receiver. `routingKey`: of PagerDuty. */
export function webhookBody(
  format: WebhookFormat,
  notice: AlertNotice,
  routingKey: string | null,
): WebhookBody {
  switch (format) {
    case 'plain':
      return asJson({ ...plain(notice), headline: headlineOf(notice), details: detailsOf(notice) })
    case 'cloudevents':
      return { ...asJson(cloudEvent(notice)), contentType: 'application/cloudevents+json; charset=utf-8' }
    case 'slack':
      return asJson(slackMessage(notice))
    case 'pagerduty':
      return asJson(pagerDutyEvent(notice, routingKey))
  }
}

const asJson = (value: object): WebhookBody => ({
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})

function plain({ since, firedAt, resolvedAt, ...notice }: AlertNotice) {
  const iso = (at: number): string => new Date(at).toISOString()
  return {
    ...notice,
    since: iso(since),
    firedAt: iso(firedAt),
    resolvedAt: resolvedAt === null ? null : iso(resolvedAt),
  }
}

/** CloudEvents 1.0.2, JSON format in structured mode: id and source together name the event. */
function cloudEvent(notice: AlertNotice) {
  return {
    specversion: '1.0',
    id: messageKey(notice),
    source: `/pipewright/deployments/${notice.deployment}`,
    type: `dev.pipewright.alert.${notice.kind}`,
    subject: notice.rule,
    time: momentOf(notice),
    datacontenttype: 'application/json',
    data: plain(notice),
  }
}

const colours = { info: '#3b82f6', warning: '#d97706', critical: '#dc2626' } as const
const good = '#16a34a'

/** As Slack's incoming webhooks take it, and what speaks as they do. */
function slackMessage(notice: AlertNotice) {
  const { kind, severity, key } = notice
  const headline = slackText(headlineOf(notice))
  return {
    text: headline,
    attachments: [
      {
        color: kind === 'resolved' ? good : colours[severity],
        fallback: headline,
        text: slackText(detailsOf(notice)),
        footer: slackText(`${severity} · ${key}`),
        ts: Math.floor(Date.parse(momentOf(notice)) / 1_000),
      },
    ],
  }
}

/** Three characters steer Slack’s text: a value of a column must not. */
const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const longestSummary = 1_024

/** PagerDuty's Events API v2: the end of an alert has the key of its beginning. */
function pagerDutyEvent(notice: AlertNotice, routingKey: string | null) {
  const { kind, key, severity, deployment, rule } = notice
  return {
    routing_key: routingKey,
    event_action: kind === 'firing' ? 'trigger' : 'resolve',
    dedup_key: key,
    client: 'Pipewright',
    payload: {
      summary: `${headlineOf(notice)}. ${detailsOf(notice)}`.slice(0, longestSummary),
      source: deployment,
      severity,
      timestamp: momentOf(notice),
      component: deployment,
      class: rule,
      custom_details: plain(notice),
    },
  }
}
