import { describe, expect, it } from 'vitest'
import { alertRuleSchema, defaultAlertRules, isAbout } from '../../../../src/core/alert-rule.ts'
import { judgeRule } from '../../../../src/monitoring/alerts/judge-rule.ts'
import { beyondAt, minute, pointAt, ruleOf } from './alert-samples.ts'

const at = (minutes: number, aliveSince: number | null = 0) => ({ now: minutes * minute, aliveSince })

describe('judging a rule', () => {
  it('counts windows in a row, of each series by itself', () => {
    const rule = ruleOf({ for: { kind: 'windows', windows: 2 } })
    const good = pointAt(1)
    const states = [
      [[good]],
      [[good, beyondAt(2)]],
      [[beyondAt(1), good, beyondAt(3)]],
      [[beyondAt(1)], [beyondAt(1, { version: 'churn:2' })]],
      [[good, beyondAt(2), beyondAt(3)]],
      [[beyondAt(1), beyondAt(2)], [good]],
      [],
    ].map((series) => judgeRule(rule, { series, ...at(9) }).state)
    expect(states).toEqual(['clear', 'building', 'building', 'building', 'met', 'met', 'clear'])
  })

  it('says since when, and of what is long enough alone', () => {
    const rule = ruleOf({ metric: 'column-drift', for: { kind: 'windows', windows: 2 } })
    const age = [1, 2, 3].map((time) => beyondAt(time, { column: 'age', value: time }))
    const income = [beyondAt(3, { column: 'income' })]
    expect(judgeRule(rule, { series: [age, income], ...at(9) })).toEqual({
      state: 'met',
      since: minute,
      findings: [
        {
          metric: 'drift-share',
          column: 'age',
          segment: null,
          version: 'churn:1',
          from: 2 * minute,
          to: 3 * minute,
          value: 3,
          limit: 0.5,
          windows: 3,
        },
      ],
    })
  })

  it('waits for minutes also where no further window comes', () => {
    const rule = ruleOf({ for: { kind: 'minutes', minutes: 10 } })
    const series = [[pointAt(1), beyondAt(2)]]
    expect([11, 12].map((time) => judgeRule(rule, { series, ...at(time) }).state)).toEqual([
      'building',
      'met',
    ])
  })

  it('compares with the threshold of the rule, or with the limit of the monitor', () => {
    const values = [0.4, 0.5, 0.6].map((value) => [pointAt(1, { value })])
    const statesOf = (fields: Parameters<typeof ruleOf>[0]) =>
      values.map((points) => judgeRule(ruleOf(fields), { series: [points], ...at(2) }).state)
    expect(statesOf({ comparison: 'above', threshold: 0.5 })).toEqual(['clear', 'clear', 'met'])
    expect(statesOf({ comparison: 'below', threshold: 0.5 })).toEqual(['met', 'clear', 'clear'])
    expect(statesOf({})).toEqual(['clear', 'clear', 'clear'])
  })

  it('misses data only while it could come', () => {
    const rule = ruleOf({ comparison: 'no-data', for: { kind: 'minutes', minutes: 30 } })
    const series = [[pointAt(10)]]
    const states = [
      judgeRule(rule, { series, ...at(39) }),
      judgeRule(rule, { series, ...at(40) }),
      judgeRule(rule, { series, ...at(40, null) }),
      judgeRule(rule, { series, ...at(40, 20 * minute) }),
      judgeRule(rule, { series: [], ...at(30) }),
    ].map(({ state }) => state)
    expect(states).toEqual(['clear', 'met', 'clear', 'clear', 'met'])
  })
})

describe('rules', () => {
  it('ask for a threshold where they compare with one', () => {
    const problemsOf = (fields: object) =>
      alertRuleSchema
        .safeParse({ id: 'a', title: 'A', metric: 'requests', ...fields })
        .error?.issues.map(({ path }) => path.join('.')) ?? []
    expect(problemsOf({ comparison: 'above' })).toEqual(['threshold'])
    expect(problemsOf({ comparison: 'beyond-limit', threshold: 1 })).toEqual(['threshold'])
    expect(problemsOf({ comparison: 'no-data' })).toEqual(['for'])
    expect(problemsOf({ comparison: 'below', threshold: 1, id: 'Not plain' })).toEqual(['id'])
    expect(problemsOf({ comparison: 'no-data', for: { kind: 'minutes', minutes: 5 } })).toEqual([])
  })

  it('tell the app alone until somebody says more, and never that nobody asks', () => {
    expect(new Set(defaultAlertRules.flatMap(({ channels }) => channels))).toEqual(new Set(['app']))
    expect(new Set(defaultAlertRules.map(({ id }) => id)).size).toBe(defaultAlertRules.length)
    for (const metric of ['requests', 'rows', 'expected-accuracy'])
      expect(defaultAlertRules.filter((rule) => isAbout(rule, metric))).toEqual([])
    expect(defaultAlertRules.filter(({ comparison }) => comparison === 'no-data')).toEqual([])
  })

  it('may be about all that is quality', () => {
    const about = (metric: string) => isAbout({ metric: 'quality' }, metric)
    expect(['quality-accuracy', 'quality-mae', 'drift-share'].map(about)).toEqual([true, true, false])
  })
})
