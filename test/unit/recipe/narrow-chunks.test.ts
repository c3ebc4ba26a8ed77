import { expect, it } from 'vitest'
import { narrowChunks } from '../../../src/recipe/narrow-chunks.ts'

it('gives few rows at once of a wide matrix, all of them in their order', () => {
  const columns = {
    number: Float64Array.from({ length: 200 }, (_, row) => row),
    text: Array.from({ length: 200 }, (_, row) => `row ${row}`),
  }
  const pieces = [...narrowChunks({ rows: 200, columns }, 50_000)]
  expect(pieces.map(({ rows }) => rows)).toEqual([20, 20, 20, 20, 20, 20, 20, 20, 20, 20])
  expect(pieces.flatMap((piece) => [...(piece.columns['number'] as Float64Array)])).toEqual([
    ...columns.number,
  ])
  expect(pieces.flatMap((piece) => piece.columns['text'])).toEqual(columns.text)
  expect([...narrowChunks({ rows: 200, columns }, 1000)]).toEqual([{ rows: 200, columns }])
})
