import type { QualityParams } from './definition.ts'
import type { Predictions } from './read-predictions.ts'

/** Rows that are measured together, by their places. */
export interface Window {
  /** ISO text, or the number of the first row, counted from 1. */
  from: string | number
  to: string | number
  places: readonly number[]
}

/** Windows in order; rows without a time are in none. Those of time that hold no row are left out. */
export function windowsOf({ rows, time }: Predictions, params: QualityParams): Window[] {
  if (!time) {
    return Array.from({ length: Math.ceil(rows / params.rows) }, (_, window) => {
      const first = window * params.rows
      const end = Math.min(rows, first + params.rows)
      const places = Array.from({ length: end - first }, (__, index) => first + index)
      return { from: first + 1, to: end, places }
    })
  }
  const byStart = new Map<number, number[]>()
  for (const [place, at] of time.entries()) {
    if (!Number.isFinite(at)) continue
    const start = startOf(at, params.every)
    const places = byStart.get(start)
    if (places) places.push(place)
    else byStart.set(start, [place])
  }
  return [...byStart]
    .toSorted(([a], [b]) => a - b)
    .map(([start, places]) => ({
      from: new Date(start).toISOString(),
      to: new Date(endOf(start, params.every)).toISOString(),
      places,
    }))
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** 1970-01-05 was a Monday. */
const firstMonday = 4 * dayMs

function startOf(at: number, every: QualityParams['every']): number {
  switch (every) {
    case 'hour':
      return Math.floor(at / hourMs) * hourMs
    case 'day':
      return Math.floor(at / dayMs) * dayMs
    case 'week':
      return Math.floor((at - firstMonday) / (7 * dayMs)) * 7 * dayMs + firstMonday
    case 'month': {
      const date = new Date(at)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
    }
  }
}

function endOf(start: number, every: QualityParams['every']): number {
  switch (every) {
    case 'hour':
      return start + hourMs
    case 'day':
      return start + dayMs
    case 'week':
      return start + 7 * dayMs
    case 'month': {
      const date = new Date(start)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    }
  }
}
