import type { RecipeStep, TableData } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'
import { transformColumns } from '../core/transforms/transform-columns.ts'
import { namedColumns } from '../core/transforms/transform-step.ts'
import type { BoundTransform } from './transform.ts'
import { transformOf } from './transforms.ts'

/**
 * One column as it is between two steps: a step that makes a column anew makes a new version of it. `step` is null
 * for a start column.
 */
export interface ColumnVersion {
  column: Column
  step: TracedStep | null
  /** What it is computed from, directly. */
  from: readonly ColumnVersion[]
}

export interface TracedStep {
  index: number
  step: RecipeStep
  transform: BoundTransform
  /** The columns it may read, by name. */
  before: ReadonlyMap<string, ColumnVersion>
  made: readonly ColumnVersion[]
}

export interface RecipeTrace {
  steps: readonly TracedStep[]
  /** The last version of every column, also of those that are no longer visible. */
  after: ReadonlyMap<string, ColumnVersion>
}

/** Which version of which column is computed from which others, without any data. */
export function traceRecipe(table: Pick<TableData, 'startColumns' | 'recipe'>): RecipeTrace {
  let after = new Map<string, ColumnVersion>(
    table.startColumns.map(({ name, type }) => [
      name,
      { column: { name, type, role: 'feature', origin: 'start' }, step: null, from: [] },
    ]),
  )
  const steps = table.recipe.map((step, index) => {
    const transform = transformOf(step)
    const before = after
    const traced: TracedStep = { index, step, transform, before, made: [] }
    const made = transformColumns({ columns: columnsFor(transform, before) }, transform.step).made.map(
      ({ column, from }) => ({
        column: withElements(column, traced),
        step: traced,
        from: from.map((name) => before.get(name)!),
      }),
    )
    after = new Map([...before, ...made.map((version) => [version.column.name, version] as const)])
    return Object.assign(traced, { made })
  })
  return { steps, after }
}

/** What a step may read: what it names, so that columns that are no longer visible are not in its way. */
function columnsFor({ step }: BoundTransform, before: ReadonlyMap<string, ColumnVersion>): Column[] {
  const names = namedColumns(step)
  const versions = names ? names.map((name) => before.get(name)!) : [...before.values()]
  return versions.map(({ column }) => column)
}

/** All versions that some depend on, themselves included; but for what those depend on that are given. */
export function closureOf(
  versions: Iterable<ColumnVersion>,
  isGiven: (version: ColumnVersion) => boolean = () => false,
): Set<ColumnVersion> {
  const found = new Set<ColumnVersion>()
  const pending = [...versions]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (found.has(next)) continue
    found.add(next)
    if (!isGiven(next)) pending.push(...next.from)
  }
  return found
}

function withElements(column: Column, { transform, step }: TracedStep): Column {
  if (column.type !== 'vector' || (transform.fit && step.state === null)) return column
  return { ...column, elements: transform.elementsOf(column.name, step.state) }
}
