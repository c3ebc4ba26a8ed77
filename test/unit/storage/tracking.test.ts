import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createError } from '../../../src/core/errors.ts'
import { openTracking } from '../../../src/storage/open-tracking.ts'
import { newRun, newStep, temporaryFolder, temporaryTracking } from './storage-samples.ts'

describe('runs', () => {
  it('are read back as they were written, with what the end added', () => {
    const { runs } = temporaryTracking()
    runs.create(newRun('a'))
    runs.finish({ id: 'a', status: 'done', finishedAt: 1_700_000_001_000, summary: { executed: 3 } })
    expect(runs.get('a')).toEqual({
      ...newRun('a'),
      status: 'done',
      finishedAt: 1_700_000_001_000,
      summary: { executed: 3 },
    })
  })

  it('are listed page by page, the newest first, whatever their clocks say', () => {
    const { runs } = temporaryTracking()
    for (const [id, startedAt] of [
      ['a', 300],
      ['b', 200],
      ['c', 100],
      ['other', 400],
    ] as const)
      runs.create(newRun(id, { startedAt, pipelineId: id === 'other' ? 'adult' : 'telco' }))
    const firstPage = runs.list({ pipelineId: 'telco', limit: 2 }).map(({ id }) => id)
    const secondPage = runs.list({ pipelineId: 'telco', limit: 2, before: 'b' }).map(({ id }) => id)
    expect({ firstPage, secondPage, latest: runs.latest({ pipelineId: 'adult' })?.id }).toEqual({
      firstPage: ['c', 'b'],
      secondPage: ['a'],
      latest: 'other',
    })
  })

  it('that a dead host left running are marked as interrupted, with their unfinished steps', () => {
    const { runs, steps } = temporaryTracking()
    runs.create(newRun('ended'))
    runs.finish({ id: 'ended', status: 'failed', finishedAt: 1, summary: null })
    runs.create(newRun('open'))
    steps.save(newStep('open', 'split', { state: 'done' }))
    steps.save(newStep('open', 'train', { state: 'running', finishedAt: null }))
    expect(runs.markInterrupted({ now: 9 })).toEqual(['open'])
    expect({
      statuses: runs.list({ limit: 9 }).map(({ status, finishedAt }) => [status, finishedAt]),
      steps: steps.ofRun('open').map(({ nodeId, state }) => [nodeId, state]),
    }).toEqual({
      statuses: [
        ['interrupted', 9],
        ['failed', 1],
      ],
      steps: [
        ['split', 'done'],
        ['train', 'cancelled'],
      ],
    })
  })
})

describe('steps', () => {
  it('are read back as they were written, in the order of their first writing', () => {
    const { runs, steps } = temporaryTracking()
    runs.create(newRun('a'))
    const error = createError('file.missing', { kind: 'user', message: 'No file.', remedy: 'Choose one.' })
    const train = newStep('a', 'train', {
      state: 'failed',
      key: null,
      error: error.toReport(),
      outputs: { table: { kind: 'table', hash: 'ab', rows: 7 } },
      metrics: { auc: 0.1 + 0.2, rows: 7 },
    })
    steps.save(newStep('a', 'train', { state: 'queued', metrics: { early: 1 } }))
    steps.save(newStep('a', 'evaluate'))
    steps.save(train)
    expect(steps.ofRun('a')).toEqual([train, newStep('a', 'evaluate')])
  })

  it('find what a node last did in an earlier run of the same pipeline', () => {
    const { runs, steps } = temporaryTracking()
    for (const id of ['a', 'b', 'c', 'd']) runs.create(newRun(id))
    runs.create(newRun('elsewhere', { pipelineId: 'adult' }))
    steps.save(newStep('a', 'train', { key: 'first' }))
    steps.save(newStep('b', 'train', { key: 'second', state: 'cached' }))
    steps.save(newStep('c', 'train', { key: 'failed', state: 'failed' }))
    steps.save(newStep('elsewhere', 'train', { key: 'other' }))
    const previous = (beforeRunId: string) =>
      steps.previousOfNode({ pipelineId: 'telco', nodeId: 'train', beforeRunId })?.key
    expect(['a', 'b', 'c', 'd'].map(previous)).toEqual([undefined, 'first', 'second', 'second'])
  })

  it('give their metrics to the run, and to the history of the pipeline', () => {
    const { runs, steps, metrics } = temporaryTracking()
    for (const [id, auc] of [
      ['a', 0.83],
      ['b', 0.84],
    ] as const) {
      runs.create(newRun(id))
      steps.save(newStep(id, 'evaluate', { metrics: { auc, rows: 1409 } }))
    }
    expect({
      run: metrics.ofRun('b'),
      history: metrics.history({ pipelineId: 'telco', nodeId: 'evaluate', name: 'auc', limit: 5 }),
    }).toEqual({
      run: [
        { runId: 'b', nodeId: 'evaluate', name: 'auc', value: 0.84 },
        { runId: 'b', nodeId: 'evaluate', name: 'rows', value: 1409 },
      ],
      history: [
        { runId: 'b', nodeId: 'evaluate', name: 'auc', value: 0.84 },
        { runId: 'a', nodeId: 'evaluate', name: 'auc', value: 0.83 },
      ],
    })
  })
})

describe('events', () => {
  it('are numbered by run, and resumed after the last one seen', () => {
    const { runs, events } = temporaryTracking()
    runs.create(newRun('a'))
    runs.create(newRun('b'))
    events.append('b', [{ event: 'step-queued', node: 'elsewhere' }])
    events.append('a', [
      { event: 'step-queued', node: 'x' },
      { event: 'step-started', node: 'x' },
    ])
    const told = events.append('a', [{ event: 'step-progress', node: 'x', share: 0.5 }])
    expect({ told, after: events.after('a', 1), two: events.after('a', 0, 2).length }).toEqual({
      told: [{ event: 'step-progress', node: 'x', share: 0.5, sequence: 3 }],
      after: [
        { event: 'step-started', node: 'x', sequence: 2 },
        { event: 'step-progress', node: 'x', share: 0.5, sequence: 3 },
      ],
      two: 2,
    })
  })
})

describe('data versions', () => {
  const columns = [{ name: 'age', type: 'number' }] as const
  const seen = (contentHash: string, now: number) => ({
    source: 'telco-churn.csv',
    contentHash,
    rows: 7043,
    columns,
    runId: 'a',
    now,
  })

  it('count up when content changes, and keep the number of content seen before', () => {
    const { dataVersions } = temporaryTracking()
    const numbers = ['x', 'y', 'x', 'z', 'z'].map((hash, now) => dataVersions.record(seen(hash, now)))
    dataVersions.record({ ...seen('x', 9), source: 'adult.csv' })
    expect(numbers).toEqual([
      { number: 1, isNew: true },
      { number: 2, isNew: true },
      { number: 1, isNew: false },
      { number: 3, isNew: true },
      { number: 3, isNew: false },
    ])
    const { source, contentHash, rows, runId } = seen('z', 3)
    expect(dataVersions.list({ source })[0]).toEqual({
      source,
      contentHash,
      rows,
      runId,
      columns,
      number: 3,
      firstSeenAt: 3,
      lastSeenAt: 4,
    })
    expect(dataVersions.list().map(({ source, number }) => [source, number])).toEqual([
      ['adult.csv', 1],
      ['telco-churn.csv', 3],
      ['telco-churn.csv', 2],
      ['telco-churn.csv', 1],
    ])
  })
})

describe('probes and pins', () => {
  it('are replaced as a whole', () => {
    const { probes, pins } = temporaryTracking()
    probes.put('k', { table: { columns: [] } }, { now: 1 })
    probes.put('k', { table: { columns: ['age'] } }, { now: 2 })
    pins.replace('telco', [
      { nodeId: 'train', port: 'model', artifact: 'aa' },
      { nodeId: 'evaluate', port: 'report', artifact: 'bb' },
    ])
    pins.replace('telco', [{ nodeId: 'train', port: 'model', artifact: 'cc' }])
    expect({ probe: probes.get('k'), unknown: probes.get('?'), pins: pins.list() }).toEqual({
      probe: { table: { columns: ['age'] } },
      unknown: null,
      pins: [{ pipelineId: 'telco', nodeId: 'train', port: 'model', artifact: 'cc' }],
    })
  })
})

describe('the tracking database', () => {
  it('lets a second connection read while the first one writes', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    const writer = openTracking({ file })
    writer.runs.create(newRun('before'))
    const reader = openTracking({ file, readonly: true })
    const during = writer.transaction(() => {
      writer.runs.create(newRun('during'))
      return reader.runs.list({ limit: 9 }).map(({ id }) => id)
    })
    const afterwards = reader.runs.list({ limit: 9 }).map(({ id }) => id)
    expect({ during, afterwards }).toEqual({ during: ['before'], afterwards: ['during', 'before'] })
    expect(() => reader.runs.create(newRun('never'))).toThrow(/cannot be written/)
    reader.close()
    writer.close()
  })

  it('records all of a transaction or nothing', () => {
    const tracking = temporaryTracking()
    const fail = () =>
      tracking.transaction(() => {
        tracking.runs.create(newRun('a'))
        throw new Error('power failure')
      })
    expect(fail).toThrow('power failure')
    expect(tracking.runs.get('a')).toBeNull()
  })

  it('says so when it is not there', () => {
    const file = join(temporaryFolder(), 'tracking.db')
    expect(() => openTracking({ file: `${file}.none`, readonly: true })).toThrow(
      'There is no tracking database',
    )
  })
})
