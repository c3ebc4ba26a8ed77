import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Outcome, Row } from './benchmark.ts'
import { seriesOf } from './series.ts'

/** Prints the table of a benchmark and, as the last line, one JSON object. True where nothing is above its bound. */
export function printOutcome(bench: string, { rows, ratios, must, foreignShares }: Outcome): boolean {
  const table = [['', 'median', 'lowest', 'highest'], ...rows.map(cellsOf)]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  for (const cells of table) {
    const [name, ...numbers] = cells
    console.log(
      [name!.padEnd(widths[0]!), ...numbers.map((cell, at) => cell.padStart(widths[at + 1]!))].join('  '),
    )
  }
  console.log()
  for (const [name, bound] of Object.entries(must)) {
    const verdict = ratios[name]! <= bound ? 'met' : 'missed'
    console.log(`${name}: ${rounded(ratios[name]!)} (must be at most ${bound}: ${verdict})`)
  }
  console.log(`\n${machineText(foreignShares)}`)
  const pass = Object.entries(must).every(([name, bound]) => ratios[name]! <= bound)
  const roundedRatios = Object.fromEntries(
    Object.entries(ratios).map(([name, ratio]) => [name, rounded(ratio)]),
  )
  console.log(JSON.stringify({ bench, ratios: roundedRatios, must, pass }))
  return pass
}

function cellsOf({ name, unit, series }: Row): string[] {
  const { median, low, high } = series
  return [name, ...[median, low, high].map((value) => `${value.toFixed(digits[unit])} ${unit}`)]
}

const digits = { s: 2, ms: 1, MB: 0, '/s': 0 } as const

function machineText(foreignShares: readonly number[]): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`
  const { median, high } = seriesOf(foreignShares)
  const busy =
    foreignShares.length > 0 ? `; others used ${percent(median)} of it (at most ${percent(high)})` : ''
  const loads = loadavg().map((load) => load.toFixed(2))
  return `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'unknown'}; load ${loads.join(' ')}${busy}`
}

const rounded = (value: number): number => Number(value.toPrecision(3))
