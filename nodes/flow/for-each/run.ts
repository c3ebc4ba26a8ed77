import type { Artifact } from '../../../src/core/artifacts.ts'
import type { Json } from '../../../src/core/pipeline.ts'
import type { ErrorReport } from '../../../src/core/errors.ts'
import { oneAtATime } from '../../../src/core/one-at-a-time.ts'
import { matchFiles } from '../../../src/files/match-files.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import type { ItemOutcome } from '../../../src/node-kit/run-context.ts'
import { append } from '../../features/append/definition.ts'
import { run as appendTables } from '../../features/append/run.ts'
import { writeReport } from '../../write-report.ts'
import { forEach, type ForEachParams } from './definition.ts'
import { readGroups } from './read-groups.ts'

type Context = ContextOf<typeof forEach>

/** How many items are on their way at a time; the host decides how many of them really run. */
const itemsAtATime = 8

/** An item that is to be run; its input is made when its turn comes. */
interface Item {
  name: string
  value: string | number | boolean | null
  table?: () => Promise<Artifact<'table'>>
}

export const run = defineRun(forEach, async ({ table }, params, context) => {
  const items =
    params.over === 'files' ? await filesOf(params, context) : await groupsOf(table!, params, context)
  const outcomes = await runAll(items, params, context)
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.kind === 'failed' ? [{ item: items[index]!.name, error: outcome.error }] : [],
  )
  tellFailed(failed, items.length, context)
  const results = items.flatMap(({ name }, index) => {
    const outcome = outcomes[index]!
    return outcome.kind === 'failed' ? [] : [{ name, table: resultOf(name, outcome, params, context) }]
  })
  const { table: collected } = await appendTables(
    { tables: results.map((result) => result.table) },
    append.params.parse({
      columns: 'all',
      sourceColumn: params.itemColumn,
      labels: results.map(({ name }) => name),
    }),
    context,
  )
  return { table: collected, report: await reportOf(items, outcomes, context) }
})

async function filesOf({ pattern, maximumItems }: ForEachParams, context: Context): Promise<Item[]> {
  const files = await matchFiles(pattern, context.resolvePath('.'))
  if (files.length === 0)
    context.fail('no-items', { reason: `no file matches “${pattern}”` }, { param: 'pattern' })
  refuseTooMany(files.length, maximumItems, context)
  return files.map((path) => ({ name: path, value: path }))
}

async function groupsOf(
  table: Artifact<'table'>,
  { by, maximumItems }: ForEachParams,
  context: Context,
): Promise<Item[]> {
  const groups = await readGroups(context, table, { by, most: maximumItems })
  if (groups.length === 0) context.fail('no-items', { reason: 'the table has no rows' })
  refuseTooMany(groups.length, maximumItems, context)
  return groups.map(({ name, value, read }) => ({ name, value, table: read }))
}

function refuseTooMany(count: number, limit: number, context: Context): void {
  if (count > limit) context.fail('too-many-items', { limit }, { param: 'maximumItems' })
}

/** Several at a time; stops at the first that fails, if that is wanted. */
async function runAll(
  items: readonly Item[],
  params: ForEachParams,
  context: Context,
): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = []
  let next = 0
  let done = 0
  let isStopped = false
  // Tables of groups are made one after the other: each may need all the memory of the step.
  const inTurn = oneAtATime()
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length && !isStopped; index = next++) {
      context.signal.throwIfAborted()
      const item = items[index]!
      const table = await inTurn(async () => (isStopped ? undefined : item.table?.()))
      if (isStopped) return
      const outcome = await runOne({ ...item, table }, params, context)
      outcomes[index] = outcome
      context.progress({ share: ++done / items.length, note: `${done} of ${items.length} items` })
      isStopped = outcome.kind === 'failed' && params.onFailure === 'stop'
      if (outcome.kind === 'failed' && isStopped)
        context.fail('item-failed', { item: item.name, problem: outcome.error.message })
    }
  }
  context.progress({ share: 0, note: `0 of ${items.length} items` })
  await Promise.all(Array.from({ length: Math.min(itemsAtATime, items.length) }, work))
  return outcomes
}

async function runOne(
  { name, value, table }: Pick<Item, 'name' | 'value'> & { table: Artifact<'table'> | undefined },
  params: ForEachParams,
  context: Context,
): Promise<ItemOutcome> {
  const { parameters, itemParameter, input } = params
  return context.runItem({
    item: name,
    inputs: table ? { [input]: table } : {},
    parameters: { ...parameters, ...(itemParameter !== '' && { [itemParameter]: value ?? '' }) },
  })
}

function resultOf(
  item: string,
  { outputs }: ItemOutcome & { kind: 'done' },
  { output }: ForEachParams,
  context: Context,
): Artifact<'table'> {
  const result = outputs[output]
  if (result?.kind !== 'table') return context.fail('no-result', { item, output }, { param: 'output' })
  return result as Artifact<'table'>
}

function tellFailed(
  failed: readonly { item: string; error: ErrorReport }[],
  count: number,
  context: Context,
): void {
  const [first] = failed
  if (!first) return
  const values = { count: failed.length, total: count, item: first.item, problem: first.error.message }
  if (failed.length === count) context.fail('all-failed', values)
  context.log('warning', '{count} of {total} items failed; the first, “{item}”: {problem}', values)
}

async function reportOf(
  items: readonly Item[],
  outcomes: readonly ItemOutcome[],
  context: Context,
): Promise<Artifact<'report'>> {
  const list = items.map(({ name }, index): Json => {
    const outcome = outcomes[index]!
    if (outcome.kind === 'done') return { item: name, state: 'done' }
    const { code, message, remedy } = outcome.error
    return { item: name, state: 'failed', code, message, remedy }
  })
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length
  return writeReport(context, {
    type: 'items',
    metrics: { items: items.length, failed_items: failed },
    content: { items: list },
  })
}
