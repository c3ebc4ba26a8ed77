import type { Finding } from '../core/finding.ts'
import { missingSplits } from './check-leaks.ts'
import { tableOn, type Flow } from './flow.ts'
import { insertSplit } from './insert-split.ts'
import type { Wire } from './resolve-disabled.ts'
import { shapesAfterSplit } from './shapes-after-split.ts'

const rowsMissing: ReadonlySet<string> = new Set(['no-rows', 'no-validation-rows'])

/** Gives those who ask for test or validation rows of a table without a split the fix that puts one where it belongs. */
export function fixUnsplitRows(findings: readonly Finding[], flow: Flow): Finding[] {
  const wanting = new Map(
    findings.flatMap((finding) => {
      const wire = rowsMissing.has(finding.code) && !finding.fix ? unsplitWire(finding, flow) : undefined
      return wire ? [[finding, wire] as const] : []
    }),
  )
  if (wanting.size === 0) return [...findings]
  const insertAt = insertSplit(flow)
  const places = missingSplits(flow)
  const splits = places.map((place) => ({ place, shapes: shapesAfterSplit(flow, place) }))
  return findings.map((finding) => {
    const wire = wanting.get(finding)
    if (!wire) return finding
    const serving = splits.find(({ place, shapes }) => place === wire || givesSplit(shapes, wire))
    // With nothing that learns, the split may stand right here.
    const place = serving?.place ?? (places.length === 0 ? wire : undefined)
    const fix = place && insertAt(place)
    return fix ? { ...finding, fix } : finding
  })
}

const unsplitWire = ({ at }: Finding, flow: Flow): Wire | undefined =>
  flow.tableWires.find(
    (wire) => wire.to.node === at?.node && wire.to.port === at.port && tableOn(wire, flow)?.split === null,
  )

function givesSplit(shapes: ReturnType<typeof shapesAfterSplit>, { from }: Wire): boolean {
  const shape = shapes.get(from.node)?.[from.port]
  return shape?.kind === 'table' && shape.split !== null
}
