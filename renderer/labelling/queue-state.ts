import type { LabellingQueue, QueuedRow } from '../../src/contract/labelling-contract.ts'

/** What was done with a row, in the order in which it was done. */
export interface LabellingStep {
  predictionId: string
  /** Null where the row was left for later. */
  label: string | number | null
}

/** Where somebody who labels has come to. */
export interface QueueState {
  rows: readonly QueuedRow[]
  /** The row in sight; as many as there are rows at the end. */
  at: number
  steps: readonly LabellingStep[]
  /** How many labels had been given when the rows came: they count among those of the host. */
  givenBefore: number
}

export const emptyQueue: QueueState = { rows: [], at: 0, steps: [], givenBefore: 0 }

export type QueueAction =
  | { kind: 'loaded'; queue: LabellingQueue }
  | { kind: 'labelled'; label: string | number }
  | { kind: 'skipped' }
  | { kind: 'undone' }
  /** The label was not taken. */
  | { kind: 'refused'; predictionId: string }
  | { kind: 'moved'; by: number }

/** What to do with a row comes as a step; whoever sends labels looks at the last one. */
export function nextQueueState(state: QueueState, action: QueueAction): QueueState {
  const { rows, at, steps } = state
  switch (action.kind) {
    case 'loaded': {
      const done = new Set(steps.map(({ predictionId }) => predictionId))
      return {
        ...state,
        rows: action.queue.rows.filter(({ predictionId }) => !done.has(predictionId)),
        at: 0,
        givenBefore: labelsGiven(state),
      }
    }
    case 'labelled':
    case 'skipped': {
      const row = rows[at]
      if (!row) return state
      const label = action.kind === 'labelled' ? action.label : null
      return {
        ...state,
        at: at + 1,
        steps: [...withoutStep(steps, row.predictionId), { predictionId: row.predictionId, label }],
      }
    }
    case 'undone': {
      const last = steps.at(-1)
      if (!last) return state
      const place = rows.findIndex(({ predictionId }) => predictionId === last.predictionId)
      return { ...state, at: place < 0 ? at : place, steps: steps.slice(0, -1) }
    }
    case 'refused':
      return { ...state, steps: withoutStep(steps, action.predictionId) }
    case 'moved':
      return { ...state, at: Math.min(Math.max(at + action.by, 0), Math.max(rows.length - 1, 0)) }
  }
}

const withoutStep = (steps: readonly LabellingStep[], id: string): LabellingStep[] =>
  steps.filter(({ predictionId }) => predictionId !== id)

/** How many labels were given here. */
export const labelsGiven = ({ steps }: Pick<QueueState, 'steps'>): number =>
  steps.filter(({ label }) => label !== null).length

/** How many of the rows that the host looked at have no label now. */
export const withoutLabel = (
  { looked, labelled }: Pick<LabellingQueue, 'looked' | 'labelled'>,
  state: Pick<QueueState, 'steps' | 'givenBefore'>,
): number => looked - labelled - (labelsGiven(state) - state.givenBefore)

/** The label that was given to a row here. */
export const labelGiven = ({ steps }: QueueState, predictionId: string): string | number | null =>
  steps.find((step) => step.predictionId === predictionId)?.label ?? null

/** A key, as the browser tells of it. */
interface PressedKey {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** What a key means while labels are given; null for a key that means nothing. */
export function meaningOfKey(
  { key, ctrlKey, metaKey, altKey }: PressedKey,
  classes: readonly string[] | null,
): { kind: 'label'; label: string } | { kind: 'skipped' | 'undone' } | { kind: 'moved'; by: number } | null {
  const isUndo = key === 'z' || key === 'Z'
  if (altKey || ((ctrlKey || metaKey) && !isUndo)) return null
  if (isUndo || key === 'Backspace') return { kind: 'undone' }
  if (key === 's' || key === 'S') return { kind: 'skipped' }
  if (key === 'ArrowRight' || key === 'ArrowDown') return { kind: 'moved', by: 1 }
  if (key === 'ArrowLeft' || key === 'ArrowUp') return { kind: 'moved', by: -1 }
  const place = /^\d$/.test(key) ? (Number(key) + 9) % 10 : -1
  const label = classes?.[place]
  return label === undefined ? null : { kind: 'label', label }
}

/** The key for a class; null for those beyond the tenth. */
export const keyOfClass = (place: number): string | null => (place < 10 ? String((place + 1) % 10) : null)
