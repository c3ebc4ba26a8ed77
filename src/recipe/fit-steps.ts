import type { RecipeStep, TableData } from '../core/artifacts.ts'
import type { Json } from '../core/pipeline.ts'
import { namedColumns } from '../core/transforms/transform-step.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { valuesOfColumns, type MixedChunk } from '../tables/coded-texts.ts'
import { recipeError } from './errors.ts'
import type { RowChoice } from './read-chosen-rows.ts'
import { streamVersions } from './stream-versions.ts'
import {
  closureOf,
  traceRecipe,
  type ColumnVersion,
  type RecipeTrace,
  type TracedStep,
} from './trace-recipe.ts'
import type { Fit } from './transform.ts'

/**
 * The recipe with every fitted step that has no state learned from some rows. The rows are read once for each level
 * of dependence: together learn all steps whose columns depend on none that is still to be learned.
 */
export async function fitSteps(
  context: RunContext,
  table: TableData,
  rows: RowChoice,
): Promise<RecipeStep[]> {
  const recipe = [...table.recipe]
  const passes = levelsOf(traceRecipe(table))
  for (let pass = 0; ; pass++) {
    const trace = traceRecipe({ ...table, recipe })
    const open = trace.steps.filter(isOpen)
    if (open.length === 0) return recipe
    const ready = open.map(fitOf).filter(({ versions }) => ![...closureOf(versions)].some(isMadeByOpenStep))
    await learn(context, table, { trace, ready, rows, pass, passes })
    for (const { traced, fit } of ready)
      recipe[traced.index] = { ...traced.step, state: fit.finish(table.rows.artifact) }
  }
}

/** How many steps that have to learn follow on each other at most. */
function levelsOf({ steps }: RecipeTrace): number {
  const levels = new Map<TracedStep, number>()
  const levelOf = (version: ColumnVersion): number => (version.step ? levels.get(version.step)! : 0)
  for (const traced of steps) {
    const reads = traced.made.flatMap(({ from }) => from)
    levels.set(traced, Math.max(0, ...reads.map(levelOf)) + Number(isOpen(traced)))
  }
  return Math.max(0, ...levels.values())
}

/** Steps that learn in one pass over the rows, and what they read. */
interface ReadyStep {
  traced: TracedStep
  fit: Fit<Json>
  versions: readonly ColumnVersion[]
}

interface Pass {
  trace: RecipeTrace
  ready: readonly ReadyStep[]
  rows: RowChoice
  /** From 0. */
  pass: number
  passes: number
}

async function learn(context: RunContext, table: TableData, run: Pass): Promise<void> {
  for (let { ready } = run; ready.length > 0; ready = ready.filter(({ fit }) => fit.again?.()))
    await showRows(context, table, { ...run, ready })
}

async function showRows(context: RunContext, table: TableData, run: Pass): Promise<void> {
  const { trace, ready, rows, pass, passes } = run
  const versions = [...new Set(ready.flatMap(({ versions }) => versions))]
  if (versions.length === 0) return
  const total = rowsOf(table, rows)
  let seen = 0
  for await (const chunk of streamVersions(context, table, { trace, versions, rows })) {
    for (const { fit, versions } of ready) {
      const named = versions.map((version) => [version.column.name, chunk.values.get(version)!])
      const columns = Object.fromEntries(named) as MixedChunk['columns']
      if (fit.addCoded) fit.addCoded({ rows: chunk.rows, columns })
      else fit.add({ rows: chunk.rows, columns: valuesOfColumns(columns) })
    }
    seen += chunk.rows
    context.progress({ rows: seen, ...(total && { share: (pass + Math.min(1, seen / total)) / passes }) })
  }
  if (seen === 0) throw recipeError('no-rows')
}

function isOpen({ transform, step }: TracedStep): boolean {
  return transform.fit !== null && step.state === null
}

function isMadeByOpenStep({ step }: ColumnVersion): boolean {
  return step !== null && isOpen(step)
}

function fitOf(traced: TracedStep): ReadyStep {
  const columnsOf = columnNamesOf(traced)
  const fit = traced.transform.fit!(columnsOf.map((name) => traced.before.get(name)!.column))
  return { traced, fit, versions: fit.reads.map((name) => traced.before.get(name) ?? foldsVersion(name)) }
}

/** The folds of the rows are read like a start column. */
function foldsVersion(name: string): ColumnVersion {
  return { column: { name, type: 'integer', role: 'ignore', origin: 'start' }, step: null, from: [] }
}

function columnNamesOf({ transform: { step } }: TracedStep): readonly string[] {
  return namedColumns(step) ?? []
}

/** How many rows will come, where that is known. */
function rowsOf(table: TableData, rows: RowChoice): number | undefined {
  if (typeof rows === 'function') return undefined
  return rows === 'all' || !table.split ? table.rows.count : table.split.counts[rows]
}
