import { open, readFile } from 'node:fs/promises'
import type { ComparedColumn } from '../../src/core/drift-content.ts'
import { sketchSchema, type Sketch } from '../../src/core/sketch-schema.ts'
import type { ColumnPair } from '../../src/stats/column-pair.ts'
import { compareColumns } from '../../src/stats/compare-columns.ts'
import { defaultDriftSettings, type DriftSettings } from '../../src/stats/drift-settings.ts'
import { readColumn } from './column-files.ts'

// compare-tables.ts rows|sketches REFERENCE CURRENT COLUMNS ROWS THREADS: the seconds, and what was found by column.
const [from, reference, current, ...sizes] = process.argv.slice(2) as [string, string, string, ...string[]]
const [columns, rows, threads] = sizes.map(Number) as [number, number, number]

const settings: DriftSettings = {
  ...defaultDriftSettings,
  numberMethod: 'kolmogorov-smirnov',
  also: ['population-stability-index', 'jensen-shannon'],
}

const start = performance.now()
const source = from === 'rows' ? fromRows : fromSketches
const compared = await compareColumns(source, { settings, threads })
const seconds = (performance.now() - start) / 1000
console.log(JSON.stringify({ seconds, found: compared.map(measuresOf) }))

async function* fromRows(room: (numbers: number) => Float64Array): AsyncIterable<ColumnPair> {
  const files = { reference: await open(reference), current: await open(current) }
  for (let column = 0; column < columns; column++)
    yield {
      column: { name: `c${column}`, type: 'number' },
      reference: await readColumn(files.reference, column, room(rows)),
      current: await readColumn(files.current, column, room(rows)),
    }
  await Promise.all([files.reference.close(), files.current.close()])
}

async function* fromSketches(): AsyncIterable<ColumnPair> {
  const [before, after] = [await readSketch(reference), await readSketch(current)]
  for (const [place, sketch] of before.columns.entries())
    yield {
      column: { name: sketch.name, type: 'number' },
      reference: { rows: before.rows, sketch },
      current: { rows: after.rows, sketch: after.columns[place]! },
    }
}

async function readSketch(path: string): Promise<Sketch> {
  return sketchSchema.parse(JSON.parse(await readFile(path, 'utf8')))
}

function measuresOf({ score, bounds, also }: ComparedColumn) {
  const [stability, jensenShannon] = also!
  return { ks: { score, bounds }, psi: stability, js: jensenShannon }
}
