import { describe, expect, it } from 'vitest'
import { alertChannelSchema } from '../../../src/core/alert-channel.ts'
import { alertRuleSchema, defaultAlertRules } from '../../../src/core/alert-rule.ts'
import { ruleText } from '../../../renderer/alerts/alert-words.ts'
import { draftOfChannel, readChannelDraft } from '../../../renderer/alerts/channel-draft.ts'
import { draftOfRule, readRuleDraft, type RuleDraft } from '../../../renderer/alerts/rule-draft.ts'

const read = (fields: Partial<RuleDraft>, taken: string[] = []) =>
  readRuleDraft({ ...draftOfRule(null), title: 'Slow answers', ...fields }, { base: null, taken })

describe('a rule in a form', () => {
  it('is what it was when nothing is typed', () => {
    const some = alertRuleSchema.parse({
      id: 'old',
      title: 'Too much memory',
      metric: 'memory',
      comparison: 'above',
      threshold: 300e6,
      for: { kind: 'minutes', minutes: 2.5 },
      segment: { column: 'Contract', value: 'Two year' },
      channels: ['app', 'team'],
    })
    for (const base of [...defaultAlertRules, some])
      expect(readRuleDraft(draftOfRule(base), { base, taken: [] })).toEqual({ rule: base })
  })

  it('reads a share in per cent, and makes an id of the title that no other rule has', () => {
    const fields = { metric: 'error-share', comparison: 'above', threshold: '2.5' } as const
    expect(read(fields, ['slow-answers', 'slow-answers-2'])).toMatchObject({
      rule: { id: 'slow-answers-3', threshold: 0.025, column: null },
    })
  })

  it('says at which field something is wrong', () => {
    const problemsOf = (fields: Partial<RuleDraft>) => {
      const answer = read(fields)
      return 'problems' in answer ? [...answer.problems.keys()] : []
    }
    expect(problemsOf({ title: ' ' })).toEqual(['title'])
    expect(problemsOf({ comparison: 'above' })).toEqual(['threshold'])
    expect(problemsOf({ amount: 'two' })).toEqual(['for.windows'])
    expect(problemsOf({ holding: 'minutes', amount: '0' })).toEqual(['for.minutes'])
    expect(problemsOf({ quietMinutes: '-1' })).toEqual(['quietMinutes'])
  })

  it('is told in a line', () => {
    expect(defaultAlertRules.map(ruleText).slice(0, 4)).toEqual([
      'Columns that have drifted: beyond the monitor’s limit, 2 windows in a row',
      'Drift of the answers: beyond the monitor’s limit, 2 windows in a row',
      'Quality: beyond the monitor’s limit, 2 windows in a row',
      'Refused or failed: above 5 %, 5 windows in a row',
    ])
  })
})

describe('a channel in a form', () => {
  const targets = [
    { kind: 'webhook', url: 'secret:chat', format: 'slack', headers: { authorization: 'secret:token' } },
    { kind: 'webhook', url: 'https://a.example/', format: 'pagerduty', routingKey: 'secret:pager' },
    {
      kind: 'email',
      host: 'smtp.example',
      port: 465,
      security: 'tls',
      user: 'a',
      password: 'secret:mail',
      from: 'a@b.example',
      to: ['c@d.example', 'e@f.example'],
      throughProxy: true,
    },
    { kind: 'command', argv: ['/bin/lamp', 'two words'], timeoutSeconds: 5 },
  ]

  it('is what it was when nothing is typed', () => {
    for (const target of targets) {
      const base = alertChannelSchema.parse({ name: 'team', target })
      expect(readChannelDraft(draftOfChannel(base), base)).toEqual({ channel: base })
    }
  })

  it('says at which field something is wrong', () => {
    const draft = { ...draftOfChannel(null), name: 'app', kind: 'email', from: 'x' } as const
    const answer = readChannelDraft(draft, null)
    expect('problems' in answer && [...answer.problems.keys()]).toEqual(['name', 'host', 'from', 'to'])
  })
})
