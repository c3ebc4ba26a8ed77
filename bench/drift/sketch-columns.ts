import { open, writeFile } from 'node:fs/promises'
import { TableSketcher } from '../../src/tables/sketch.ts'
import { readColumn } from './column-files.ts'

// sketch-columns.ts TABLE SKETCH COLUMNS ROWS: the seconds of making and writing the sketch.
const [path, to, ...sizes] = process.argv.slice(2) as [string, string, ...string[]]
const [columns, rows] = sizes.map(Number) as [number, number]

const start = performance.now()
const file = await open(path)
const chunkRows = 4096
const sketches = []
for (let column = 0; column < columns; column++) {
  const name = `c${column}`
  const sketcher = new TableSketcher([{ name, type: 'number' }], 'fine')
  const values = await readColumn(file, column, new Float64Array(rows))
  for (let first = 0; first < rows; first += chunkRows) {
    const chunk = values.subarray(first, first + chunkRows)
    sketcher.add({ rows: chunk.length, columns: { [name]: chunk } })
  }
  sketches.push(...sketcher.finish().columns)
}
await file.close()
await writeFile(to, JSON.stringify({ rows, columns: sketches }))
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }))
