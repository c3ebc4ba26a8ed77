import { CHUNK_ROWS } from '../../../src/tables/column-chunk.ts'
import type {
  FitRun,
  LearningPart,
  LearningTable,
  LearningTarget,
  MatrixChunk,
} from '../../../src/learn/learner.ts'

const noRows = { train: new Float64Array(), validation: new Float64Array() }

/** Rows of a part: features row-major, the answer of each (a value, or a class code), and maybe weights. */
export interface PartRows {
  x: ArrayLike<number>
  y: ArrayLike<number>
  weights?: ArrayLike<number> | undefined
}

/** A table that holds its rows in memory. With class names it is one of classes, without one of numbers. */
export function learningTable(options: {
  train: PartRows
  validation?: PartRows
  width: number
  classes?: readonly string[]
}): LearningTable {
  const { train, validation = { x: [], y: [] }, width, classes } = options
  const parts = { train, validation }
  const matrices = { train: Float32Array.from(train.x), validation: Float32Array.from(validation.x) }
  return {
    features: Array.from({ length: width }, (_, index) => `feature ${index}`),
    rows: { train: train.y.length, validation: validation.y.length },
    chunks: (part) => chunksOf(matrices[part], width),
    target: targetOf(parts, classes),
    ...(train.weights && {
      weights: { ...noRows, train: Float64Array.from(train.weights), ...weightsOf(validation) },
    }),
  }
}

function weightsOf({ weights }: PartRows): { validation: Float64Array } | undefined {
  return weights && { validation: Float64Array.from(weights) }
}

function targetOf(
  { train, validation }: Record<LearningPart, PartRows>,
  classes: readonly string[] | undefined,
): LearningTarget {
  const column = 'answer'
  if (!classes) {
    const values = { train: Float64Array.from(train.y), validation: Float64Array.from(validation.y) }
    return { column, task: 'regression', values }
  }
  const codes = { train: Uint16Array.from(train.y), validation: Uint16Array.from(validation.y) }
  return { column, task: classes.length === 2 ? 'binary' : 'multiclass', classes, codes }
}

async function* chunksOf(matrix: Float32Array, width: number): AsyncIterable<MatrixChunk> {
  const step = CHUNK_ROWS * width
  for (let start = 0; start < matrix.length; start += step) {
    const data = matrix.subarray(start, start + step)
    yield { rows: data.length / width, data }
  }
}

/** A run that nobody watches. */
export function quietRun(changes: Partial<FitRun> = {}): FitRun {
  return { seed: 7, threads: 1, signal: new AbortController().signal, progress: () => {}, ...changes }
}
