import { describe, expect, it } from 'vitest'
import { cardAsMarkdown } from '../../../nodes/report-pages/model-card/card-as-markdown.ts'
import { cardAsPage } from '../../../nodes/report-pages/model-card/card-as-page.ts'
import type { CardSource, CardStep } from '../../../nodes/report-pages/model-card/card-source.ts'
import { composeCard } from '../../../nodes/report-pages/model-card/compose-card.ts'
import type { ReportData } from '../../../src/core/artifacts.ts'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'

const hostile = '<script>alert(1)</script>|`x`\n# no heading'

function step(node: string, changes: Partial<CardStep> = {}): CardStep {
  return {
    node,
    type: `stage.${node}`,
    title: `Title of ${node}`,
    summary: `What ${node} does.`,
    params: {},
    leadsToModel: true,
    takesTable: true,
    givesTable: true,
    rows: 1000,
    outputs: { table: `${node}0123456789abcdef` },
    reports: [],
    ...changes,
  }
}

const report = (type: string, content: unknown, metrics = {}): ReportData => ({
  type,
  metrics,
  content: content as ReportData['content'],
})

const town: ColumnSketch = {
  name: 'town',
  type: 'text',
  nulls: 3,
  distinct: { count: 2, isExact: true },
  top: [
    { value: 'Jena', count: 990 },
    { value: hostile, count: 7 },
  ],
  topMissed: 0,
  lengths: null,
}

const evaluated = {
  rows: 'test',
  count: 150,
  models: [
    { name: 'trees', metrics: { accuracy: { value: 0.7 } } },
    {
      name: 'threshold',
      metrics: { accuracy: { value: 0.9 }, roc_auc: { value: null, reason: 'one class' } },
      confusion: [
        [140, 4],
        [2, 4],
      ],
      calibration: { predicted: [0.1, 0.8], observed: [0.12, 0.7], weight: [140, 10] },
      intervals: { accuracy: { low: 0.85, high: 0.93 } },
      slices: [
        { column: 'age', value: { from: 1, to: 20 }, count: 50, metrics: { log_loss: 0.9, accuracy: 0.6 } },
      ],
    },
  ],
}

const source: CardSource = {
  registered: { model: 'churn', version: 3, aliases: ['champion'], description: hostile, createdAt: 0 },
  artifact: 'a'.repeat(64),
  model: {
    task: 'binary',
    target: { name: 'left', classes: ['no', 'yes'], positive: 'yes' },
    signature: { inputs: [{ name: 'town', type: 'text', source: 'file' }], outputs: [] },
    features: ['town = Jena'],
    learner: { type: 'gradient-boosted-trees', params: { trees: 20 } },
    trainedOn: 'b'.repeat(64),
    threshold: 0.25,
    importances: [1],
  },
  sizeBytes: 12_345,
  inputs: { town },
  run: {
    id: 'run1',
    pipeline: { id: 'churn', name: 'Churn', description: 'Who leaves?', seed: 7 },
    parameters: { data: 'new.csv' },
    steps: [
      step('file', { takesTable: false, params: { path: 'new.csv' } }),
      step('encode', { params: { method: 'one-hot' } }),
      step('checks', { reports: [report('expectations', {}, { unsuccessful_expectations: 1 })] }),
      step('trees', {
        givesTable: false,
        outputs: { model: 'c'.repeat(64) },
        reports: [report('training', { rows: { train: 800, validation: 50 }, warnings: ['It is young.'] })],
      }),
      step('threshold', { givesTable: false, outputs: { model: 'a'.repeat(64) } }),
      step('evaluate', {
        leadsToModel: false,
        givesTable: false,
        outputs: {},
        reports: [report('evaluation', evaluated), report('explanation', { unreadable: true })],
      }),
    ],
    columns: [
      { name: 'town', type: 'text', role: 'feature', origin: 'start' },
      { name: 'left', type: 'text', role: 'target', origin: 'start' },
    ],
  },
}

describe('a model card', () => {
  const markdown = cardAsMarkdown(composeCard(source))

  it('tells of the model as it was registered, not of its forerunners', () => {
    expect(markdown).toContain('| accuracy | 0.9 | 0.85 to 0.93 |')
    expect(markdown).not.toContain('0.7 |\n')
    expect(markdown).toContain('“yes” is the answer from a probability of 0.25 on.')
  })

  it('says what was done, from what, for whom it is worse and where its limits are', () => {
    for (const part of [
      '| file | Title of file | new.csv | 1,000 | file01234567 |',
      '2. Title of checks (checks): What checks does.',
      'Settings: method one-hot.',
      '| learned from | 800 rows |',
      '| age: 1 to 20 | 50 | 0.9 | 0.6 | – |',
      '| 10 % | 12 % | 140 |',
      'Of the test rows: “no” 96 %, “yes” 4 %.',
      '**Mind:** Seldom: “yes”.',
      '**Mind:** It is young.',
      '**Mind:** Checks of the data in “checks” did not hold.',
      '**Mind:** Only 150 rows judged the model',
      'pipewright reproduce run1',
      '| parameter data | new.csv |',
    ])
      expect(markdown).toContain(part)
  })

  it('says what is not known where a run left out to measure it', () => {
    const bare = cardAsMarkdown(composeCard({ ...source, run: null }))
    expect(bare).toContain('**Mind:** How good the model is was not measured in its run.')
    expect(bare).toContain('The run that made the model is not known here any more.')
    const unlooked = { ...source.run!, steps: source.run!.steps.slice(0, -1) }
    expect(cardAsMarkdown(composeCard({ ...source, run: unlooked }))).toContain('was not measured in its run')
  })

  it('never lets texts of the data become markup', () => {
    expect(markdown).not.toMatch(/(?<!\\)<script/)
    expect(markdown).not.toMatch(/^# no heading/m)
    const page = cardAsPage(composeCard(source))
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/(?:src|href)=/)
  })
})
