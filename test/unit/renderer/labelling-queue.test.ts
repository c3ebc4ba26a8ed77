import { describe, expect, it } from 'vitest'
import {
  emptyQueue,
  keyOfClass,
  labelGiven,
  meaningOfKey,
  nextQueueState,
  withoutLabel,
  type QueueAction,
  type QueueState,
} from '../../../renderer/labelling/queue-state.ts'
import type { LabellingQueue } from '../../../src/contract/labelling-contract.ts'

const queueOf = (...ids: string[]): LabellingQueue => ({
  target: { name: 'churn', classes: ['no', 'yes'] },
  shadows: [],
  looked: ids.length,
  labelled: 0,
  rows: ids.map((predictionId) => ({
    predictionId,
    at: 0,
    model: 'churn',
    version: 1,
    inputs: {},
    answer: 'no',
    probabilities: null,
    decision: null,
    reasons: { uncertainty: null, disagreement: null, novelty: null },
  })),
})

const after = (...actions: QueueAction[]): QueueState => actions.reduce(nextQueueState, emptyQueue)
const loaded: QueueAction = { kind: 'loaded', queue: queueOf('a', 'b', 'c') }
const inSight = ({ rows, at }: QueueState): string | undefined => rows[at]?.predictionId

describe('labelling row by row', () => {
  it('counts the rows without a label as labels are given, taken back, and known to the host', () => {
    const given = after(loaded, { kind: 'labelled', label: 'yes' }, { kind: 'skipped' })
    expect(withoutLabel({ looked: 3, labelled: 0 }, given)).toBe(2)
    const again = nextQueueState(given, { kind: 'loaded', queue: queueOf('b', 'c') })
    expect(withoutLabel({ looked: 3, labelled: 1 }, again)).toBe(2)
    const back = nextQueueState(nextQueueState(given, { kind: 'undone' }), { kind: 'undone' })
    expect(withoutLabel({ looked: 3, labelled: 0 }, back)).toBe(3)
  })

  it('goes on with each label, and back with each undo', () => {
    const two = after(loaded, { kind: 'labelled', label: 'yes' }, { kind: 'skipped' })
    expect([inSight(two), labelGiven(two, 'a'), labelGiven(two, 'b')]).toEqual(['c', 'yes', null])
    const one = nextQueueState(two, { kind: 'undone' })
    expect(inSight(one)).toBe('b')
    const none = nextQueueState(one, { kind: 'undone' })
    expect([inSight(none), labelGiven(none, 'a'), none.steps]).toEqual(['a', null, []])
    expect(nextQueueState(none, { kind: 'undone' })).toBe(none)
  })

  it('shows no row again that was done, and takes a second label in place of the first', () => {
    const again = after(
      loaded,
      { kind: 'labelled', label: 'yes' },
      { kind: 'moved', by: -1 },
      { kind: 'labelled', label: 'no' },
    )
    expect(again.steps).toEqual([{ predictionId: 'a', label: 'no' }])
    const more = nextQueueState(again, { kind: 'loaded', queue: queueOf('a', 'b', 'd') })
    expect(more.rows.map(({ predictionId }) => predictionId)).toEqual(['b', 'd'])
  })

  it('forgets a label that was refused, and stays within the rows', () => {
    const labelled = after(loaded, { kind: 'labelled', label: 'yes' })
    expect(nextQueueState(labelled, { kind: 'refused', predictionId: 'a' }).steps).toEqual([])
    expect(inSight(after(loaded, { kind: 'moved', by: -5 }))).toBe('a')
    expect(inSight(after(loaded, { kind: 'moved', by: 9 }))).toBe('c')
    expect(after({ kind: 'labelled', label: 'yes' })).toEqual(emptyQueue)
  })

  it('is done by single keys', () => {
    const meaning = (key: string, more: object = {}) =>
      meaningOfKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...more }, ['no', 'yes'])
    expect(meaning('2')).toEqual({ kind: 'label', label: 'yes' })
    expect([meaning('3'), meaning('0'), meaning('x'), meaning('2', { ctrlKey: true })]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect([meaning('z'), meaning('z', { metaKey: true }), meaning('s')]).toEqual([
      { kind: 'undone' },
      { kind: 'undone' },
      { kind: 'skipped' },
    ])
    expect(meaning('ArrowLeft')).toEqual({ kind: 'moved', by: -1 })
    expect([keyOfClass(0), keyOfClass(9), keyOfClass(10)]).toEqual(['1', '0', null])
  })
})
