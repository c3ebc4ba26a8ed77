import type { ModelData } from '../../../src/core/artifacts.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import type { OnnxSession, OutputColumns } from '../../../src/onnx/session.ts'

/** What a model says of held rows. */
export interface Answers {
  /** What is shown of a row's answer: a class, or a number. */
  answer(row: number): string | number
  /** Whether a row got an answer at all. */
  isPresent(row: number): boolean
  /** Of a class, by its place among the classes; of models of numbers the number itself. */
  amount(row: number, place: number): number
  /** The place of the most probable class; 0 for models of numbers. */
  highest(row: number): number
  /** How many classes there are; 1 for models of numbers. */
  width: number
}

/** The model of a session, asked about `rows` held rows, some of whose columns may be changed. */
export function askerOf(session: OnnxSession, { data, rows }: { data: ModelData; rows: number }) {
  return async (columns: HeldColumns): Promise<Answers> =>
    answersIn(await session.run({ rows, columns }), data.target.classes)
}

function answersIn(outputs: OutputColumns, classes: readonly string[] | undefined): Answers {
  const probabilities = outputs['probabilities']
  const answers = outputs['label'] ?? outputs['value']!
  const answer = (row: number): string | number => answers[row]!
  if (!classes || !probabilities) {
    const amount = (row: number): number => Number(answers[row])
    return { answer, isPresent: (row) => Number.isFinite(amount(row)), amount, highest: () => 0, width: 1 }
  }
  const width = classes.length
  const amount = (row: number, place: number): number => probabilities[row * width + place] as number
  const places = Array.from({ length: width }, (_, place) => place)
  return {
    answer,
    isPresent: (row) => answer(row) !== '' && places.every((place) => Number.isFinite(amount(row, place))),
    amount,
    highest: (row) =>
      places.reduce((best, place) => (amount(row, place) > amount(row, best) ? place : best), 0),
    width,
  }
}
