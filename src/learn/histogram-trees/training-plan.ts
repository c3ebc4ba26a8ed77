import { learnError } from '../errors.ts'
import { bytesPerPage, mostPages } from '../../core/webassembly/engine.ts'
import { binBytes, type BinLayout } from './bin-layout.ts'
import { scannedBytes } from './kernels/scan-bins.ts'

/** Sums over rows are made in blocks of so many, whoever makes them, and then in order: equal for any number of threads. */
export const blockRows = 4096

/** Numbers of 64 bits that a block's measurement takes: loss, then largest gradient and hessian, then their sums. */
export const numbersPerBlock = 5

/** Numbers of 64 bits that a candidate split takes: see `split-candidate.ts`. */
export const candidateNumbers = 16

export type RowGroup = 'grown' | 'left out' | 'validation'
export const rowGroups: readonly RowGroup[] = ['grown', 'left out', 'validation']

/** Everything that threads share, as plain data: sizes, and addresses in the shared memory. */
export interface TrainingPlan {
  threads: number
  rows: { train: number; validation: number }
  /** Features of the matrix, with those that have no place. */
  features: number
  /** So many rows of the matrix are put into bins at once. */
  stagedRows: number
  /** Scores a row: one, or one a class. */
  outputs: number
  leaves: number
  layout: BinLayout
  histogramBytes: number
  /** Histograms of leaves that can still be split, one of which may be missing. */
  slots: number
  at: Addresses
  pages: number
}

interface Addresses {
  control: number
  staging: number
  /** For each place, room for all cuts that there may be. */
  cuts: number
  /** A byte a bin: whether it goes left. */
  goesLeft: number
  /** A byte a place: whether the tree may use it. */
  placeWanted: number
  leafValues: number
  /** For each thread and group of rows, where each leaf's row numbers begin and end. */
  leafRows: number
  /** For each thread, two candidates. */
  candidates: number
  /** For each thread, what a scan of one feature found. */
  scanned: number
  /** For each thread and leaf, exact sums; or a count. */
  leafSums: number
  blockNumbers: Readonly<Record<'train' | 'validation', number>>
  scores: Readonly<Record<'train' | 'validation', number>>
  targets: Readonly<Record<'train' | 'validation', number>>
  weights: Readonly<Record<'train' | 'validation', number>>
  norms: Readonly<Record<'train' | 'validation', number>>
  columns: Readonly<Record<'train' | 'validation', number>>
  derivatives: number
  records: readonly number[]
  /** Row numbers of train rows and of validation rows, and as much room again. */
  rowNumbers: Readonly<Record<'train' | 'validation', number>>
  scratch: Readonly<Record<'train' | 'validation', number>>
  /** For each thread a histogram. */
  ownHistograms: number
  slots: number
}

/** Of a place: room for all cuts that there may be. */
export const cutBytes = 1024

/** Histograms are kept for as many leaves as fit in this, and counted anew for others. */
const mostSlotBytes = 2 ** 28

export const partOf = (group: RowGroup): 'train' | 'validation' =>
  group === 'validation' ? 'validation' : 'train'

/** Lays out the memory that threads share. Throws `learn.table-too-large` where it does not fit in 4 GB. */
export function planTraining(options: {
  threads: number
  rows: { train: number; validation: number }
  features: number
  outputs: number
  leaves: number
  layout: BinLayout
}): TrainingPlan {
  const { threads, rows, features, outputs, leaves, layout } = options
  const stagedRows = Math.min(1024, Math.max(16, Math.floor(2 ** 20 / features)))
  const places = layout.features.length
  const histogramBytes = layout.offsets[places]!
  const slots = Math.min(
    leaves + 1,
    Math.max(3, Math.floor(mostSlotBytes / Math.max(histogramBytes, binBytes))),
  )
  let end = 64
  const take = (bytes: number): number => {
    const address = end
    end += 64 * Math.ceil((bytes + 64) / 64)
    return address
  }
  const perPart = (bytes: (count: number) => number): Record<'train' | 'validation', number> => ({
    train: take(bytes(rows.train)),
    validation: take(bytes(rows.validation)),
  })
  const at: Addresses = {
    control: take(256),
    staging: take(4 * features * stagedRows),
    cuts: take(cutBytes * places),
    goesLeft: take(256),
    placeWanted: take(places),
    leafValues: take(4 * leaves),
    leafRows: take(4 * 2 * leaves * rowGroups.length * threads),
    candidates: take(8 * 2 * candidateNumbers * threads),
    scanned: take(scannedBytes * threads),
    leafSums: take(16 * leaves * threads),
    blockNumbers: perPart((count) => 8 * numbersPerBlock * Math.ceil(count / blockRows)),
    scores: perPart((count) => outputs * paddedBytes(count)),
    targets: perPart(paddedBytes),
    weights: perPart(paddedBytes),
    norms: perPart((count) => (outputs > 1 ? 2 * paddedBytes(count) : 0)),
    columns: perPart((count) => places * count),
    derivatives: take(2 * paddedBytes(Math.max(rows.train, rows.validation))),
    records: layout.blocks.map(({ stride }) => take(stride * (rows.train + 2))),
    rowNumbers: perPart((count) => 4 * count),
    scratch: perPart((count) => 4 * count),
    ownHistograms: take(threads * histogramBytes),
    slots: take(slots * histogramBytes),
  }
  const pages = Math.ceil(end / bytesPerPage)
  if (pages > mostPages) throw learnError('table-too-large', { rows: rows.train, features: places })
  return { threads, rows, features, stagedRows, outputs, leaves, layout, histogramBytes, slots, at, pages }
}

/** Bytes of a float32 for each row, up to a whole number of vectors. */
export const paddedBytes = (rows: number): number => 16 * Math.ceil(rows / 4)

/** The rows of a part that a thread works on: whole blocks. */
export function rowsOfThread(
  rows: number,
  { thread, threads }: { thread: number; threads: number },
): [number, number] {
  const blocks = Math.ceil(rows / blockRows)
  const border = (index: number): number => Math.min(rows, blockRows * Math.floor((blocks * index) / threads))
  return [border(thread), border(thread + 1)]
}

/** Begin and end row of the blocks of a thread. */
export function* blocksOfThread(
  { rows, threads }: TrainingPlan,
  { part, thread }: { part: 'train' | 'validation'; thread: number },
): Iterable<[number, number]> {
  const [begin, end] = rowsOfThread(rows[part], { thread, threads })
  for (let row = begin; row < end; row += blockRows) yield [row, Math.min(end, row + blockRows)]
}
