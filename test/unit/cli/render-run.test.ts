import { describe, expect, it } from 'vitest'
import type { RunEventData } from '../../../src/contract/run-event.ts'
import { renderSteps, rowsNote } from '../../../src/hosts/cli/run-view/render-steps.ts'
import { createRunProgress, type RunView } from '../../../src/hosts/cli/run-view/run-view.ts'
import { createStyle } from '../../../src/hosts/cli/terminal/style.ts'
import { textWidth } from '../../../src/hosts/cli/terminal/text-width.ts'

type Body = RunEventData extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'run' | 'sequence'>
    : never
  : never
const style = createStyle(false)

const started: Body = {
  event: 'run-started',
  at: 1_000,
  pipelineId: 'p',
  pipelineName: 'Churn',
  pipelinePath: '/p.pipeline.json',
  logFile: '/log',
  steps: [
    { node: 'customers', type: 'ingestion.file', title: 'Read file', needs: [] },
    { node: 'split', type: 'features.split', title: 'Split', needs: ['customers'] },
    { node: 'trees', type: 'training.trees', title: 'Trees', needs: ['split'] },
    { node: 'evaluate', type: 'training.evaluate', title: 'Evaluate', needs: ['trees', 'split'] },
  ],
}
const events: readonly Body[] = [
  {
    event: 'step-cached',
    at: 1_000,
    node: 'customers',
    reason: { kind: 'unchanged', run: 'r0' },
    outputs: {
      table: { kind: 'table', hash: 'a', rows: 7_032 },
      rejects: { kind: 'table', hash: 'b', rows: 11 },
    },
    metrics: {},
    notes: [
      { level: 'warning', message: '11 rows were rejected.' },
      { level: 'info', message: 'As sniffed.' },
    ],
  },
  {
    event: 'step-queued',
    at: 1_000,
    node: 'split',
    reasons: [{ kind: 'parameter', param: 'test', before: 0.2, after: 0.3 }],
  },
  { event: 'step-started', at: 1_000, node: 'split', threads: 1, memoryMb: 100, attempt: 1 },
  {
    event: 'step-finished',
    at: 1_200,
    node: 'split',
    outputs: { table: { kind: 'table', hash: 'c', rows: 7_032 } },
    metrics: {},
    effects: [],
    durationMs: 200,
  },
  { event: 'step-queued', at: 1_200, node: 'trees', reasons: [{ kind: 'never-ran' }] },
  { event: 'step-started', at: 1_200, node: 'trees', threads: 2, memoryMb: 100, attempt: 1 },
  { event: 'step-progress', at: 2_000, node: 'trees', share: 0.4, note: 'boosting round 40 of 100' },
]

const viewAfter = (bodies: readonly Body[]): RunView => {
  const progress = createRunProgress()
  for (const [index, body] of bodies.entries()) progress.note({ ...body, run: 'r1', sequence: index })
  return progress.view()
}
const render = (view: RunView, size: { width: number; height: number }): string[] =>
  renderSteps(view, { style, now: 4_300, ...size })

describe('the tree of a run', () => {
  it('shows what each step did, does and waits for', () => {
    const lines = render(viewAfter([started, ...events]), { width: 100, height: 20 })
    expect(lines.map((line) => line.replaceAll(/ {3,}/g, '   '))).toEqual([
      '  ✓ customers  cached  7,032 rows, 11 rejects  As sniffed.',
      '  ✓ split   7,032 rows  ← parameter “test” 0.2 → 0.3   0.2 s',
      '  ⠸ trees   ██████▍░░░░░░░░░  40 %  boosting round 40 of 100   3.1 s',
      '  · evaluate',
    ])
  })

  it('says of a step that it waits for another run, until it starts', () => {
    const waiting: Body[] = [
      started,
      { event: 'step-queued', at: 2, node: 'trees', reasons: [] },
      { event: 'step-progress', at: 3, node: 'trees', note: 'waiting for another run' },
    ]
    const size = { width: 100, height: 20 }
    expect(render(viewAfter(waiting), size).join('\n')).toContain('waiting for another run')
    const running: Body = { event: 'step-started', at: 4, node: 'trees', threads: 1, memoryMb: 1, attempt: 1 }
    expect(render(viewAfter([...waiting, running]), size).join('\n')).not.toContain('another run')
  })

  it('says one of a thing', () => {
    expect(rowsNote({ rows: 1, extraRows: [{ port: 'rejects', rows: 1 }] })).toBe('1 row, 1 reject')
  })

  it.each([20, 34, 50, 79, 200])('fits a terminal of %i columns', (width) => {
    const lines = render(viewAfter([started, ...events]), { width, height: 20 })
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width)
  })

  it('counts the steps that do not fit in height, and keeps the one that runs', () => {
    const lines = render(viewAfter([started, ...events]), { width: 80, height: 2 })
    expect(lines[0]).toContain('trees')
    expect(lines[1]).toBe('  … 3 more: 1 cached, 1 done, 1 waiting')
  })

  it('has the steps of items below the step that runs them, each once', () => {
    const added = (item: string, node = 'split'): Body => ({
      event: 'steps-added',
      at: 2_000,
      node,
      steps: ['fit', 'top'].map((inner) => ({
        node: `${node}[${item}]/${inner}`,
        type: 'features.change',
        title: 'Change',
        needs: [],
      })),
    })
    const view = viewAfter([
      started,
      added('one'),
      added('two'),
      added('one'),
      added('deep', 'split[one]/fit'),
    ])
    expect(view.steps.map(({ node, level }) => `${level} ${node}`)).toEqual([
      '0 customers',
      '0 split',
      '1 split[one]/fit',
      '2 split[one]/fit[deep]/fit',
      '2 split[one]/fit[deep]/top',
      '1 split[one]/top',
      '1 split[two]/fit',
      '1 split[two]/top',
      '0 trees',
      '0 evaluate',
    ])
  })

  it('takes hundreds of thousands of steps', () => {
    const steps = Array.from({ length: 200_000 }, (_, index) => ({
      node: `split[${index}]/fit`,
      type: 'features.change',
      title: 'Change',
      needs: [],
    }))
    const view = viewAfter([started, { event: 'steps-added', at: 2_000, node: 'split', steps }])
    expect(renderSteps(view, { style, width: 80, height: 5, now: 3_000 })).toHaveLength(5)
  })

  it('keeps warnings, also those of a cached step', () => {
    expect(viewAfter([started, ...events]).warnings).toEqual([
      { node: 'customers', message: '11 rows were rejected.' },
    ])
  })

  it('shows nothing that a pipeline could use to steer the terminal', () => {
    const progress: Body = { event: 'step-progress', at: 1, node: 'trees', note: 'a\u001b[2Jb' }
    const steps = [{ node: 'split[\u001b[2J\n]/fit', type: 'features.fit', title: 'Fit', needs: [] }]
    const item: Body = { event: 'steps-added', at: 1, node: 'split', steps }
    const lines = render(viewAfter([started, ...events, progress, item]), { width: 80, height: 20 })
    for (const control of ['\u001b', '\n']) expect(lines.join('')).not.toContain(control)
  })
})
