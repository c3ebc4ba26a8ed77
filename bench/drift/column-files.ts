import { open, type FileHandle } from 'node:fs/promises'
import { createRandom, type Random } from '../../src/tables/random.ts'

/** Tables of numbers as bare float64, column after column: what NumPy reads as quickly as we do. */
export interface ColumnTable {
  path: string
  columns: number
  rows: number
}

/** How the numbers of every fourth column are drawn. */
const kinds: readonly ((random: Random) => number)[] = [
  normal,
  (random) => Math.exp(normal(random)),
  (random) => random.unit(),
  (random) => Math.round(normal(random) * 100),
]

/** Every column is drawn on its own; a shift in standard deviations grows from the first to the last. */
export async function writeColumns(
  { path, columns, rows }: ColumnTable,
  { seed, shift }: { seed: number; shift: number },
): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (let column = 0; column < columns; column++) {
      const random = createRandom(seed, `column ${column}`)
      const draw = kinds[column % kinds.length]!
      const moved = (shift * column) / columns
      const values = Float64Array.from({ length: rows }, () => draw(random) + moved)
      await file.write(new Uint8Array(values.buffer))
    }
  } finally {
    await file.close()
  }
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

/** Fills `values` with a column of as many rows. */
export async function readColumn(
  file: FileHandle,
  column: number,
  values: Float64Array,
): Promise<Float64Array> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  await file.read(bytes, { position: column * values.byteLength })
  return values
}
