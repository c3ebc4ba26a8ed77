import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type {
  LabelImport,
  LabelMatch,
  LabellingReasons,
  QueuedRow,
  Votes,
} from '../../../contract/labelling-contract.ts'
import { explainIssues } from '../../../core/explain-issues.ts'
import { labellingFunctionsSchema, type LabellingFunction } from '../../../core/labelling-function.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { Output } from '../output.ts'
import type { ImportLabelsOptions, QueueOptions, VoteOptions } from '../program/labels-options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'

export async function importLabels(
  context: CommandContext,
  options: ImportLabelsOptions & { file: string },
): Promise<ExitCode> {
  const { output, cwd, interrupts } = context
  const { file, deployment, label, source, left, json } = options
  const path = resolve(cwd, file)
  if (!existsSync(path)) throw usageError('data-missing', { path: file, folder: cwd })
  const leftPath = left === undefined ? null : resolve(cwd, left)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  return withHost(context, { folder, shared: false }, async ({ client, openedFolders }) => {
    for (const each of [path, leftPath]) if (each !== null) openedFolders.add(dirname(each))
    const request = { deployment, path, match: matchOf(options), label, source, leftPath }
    const found = await client.labels.import(request, { signal: interrupts.first })
    if (json) output.json(found)
    else printImport(output, found)
    return found.left.length === 0 ? exitCodes.done : exitCodes.failed
  })
}

function matchOf({
  key,
  request,
  id,
  newest,
}: Pick<ImportLabelsOptions, 'key' | 'request' | 'id' | 'newest'>): LabelMatch {
  const meant = newest ? 'newest' : 'all'
  if (key) return { kind: 'keys', columns: key, meant }
  return request === undefined ? { kind: 'id', column: id } : { kind: 'request', column: request, meant }
}

function printImport(output: Output, { rows, taken, answers, left, first }: LabelImport): void {
  output.line(`${taken} of ${rows} rows taken, for ${answers} answers.`)
  for (const { reason, rows: count } of left) output.line(`  ${count} not: ${reason}`)
  for (const { row, reason, values } of first.slice(0, 20))
    output.line(`  row ${row}: ${reason}  ${JSON.stringify(values)}`)
}

export async function showQueue(context: CommandContext, options: QueueOptions): Promise<ExitCode> {
  const { output, cwd } = context
  const { deployment, by, limit, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const queue = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.labels.queue({ deployment, rankBy: by, limit: Math.min(limit, 200) }),
  )
  if (json) {
    output.json(queue)
    return exitCodes.done
  }
  const { looked, labelled, rows } = queue
  output.line(`Of the newest ${looked} answers, ${labelled} have a label.`)
  for (const row of rows) output.line(lineOf(row))
  return exitCodes.done
}

function lineOf({ predictionId, at, answer, inputs, reasons }: QueuedRow): string {
  const values = Object.entries(inputs).map(([name, value]) => `${name}=${String(value ?? '')}`)
  return `${formatTime(at)}  ${predictionId}  ${answer}  ${wordsOf(reasons).join(', ')}\n    ${values.join('  ')}`
}

function wordsOf({ uncertainty, disagreement, novelty }: LabellingReasons): string[] {
  return [
    ...(uncertainty === null ? [] : [`uncertain ${uncertainty.toFixed(2)}`]),
    ...(disagreement === null ? [] : [`${disagreement.version} says ${disagreement.answer}`]),
    ...(novelty === null ? [] : [`new ${novelty.score.toFixed(2)} (${novelty.column})`]),
  ]
}

export async function vote(context: CommandContext, options: VoteOptions): Promise<ExitCode> {
  const { output, cwd } = context
  const { deployment, take, atLeast, json } = options
  const functions = options.functions === undefined ? null : await readFunctions(options.functions, cwd)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { votes, taken } = await withHost(context, { folder, shared: false }, async ({ client }) => {
    const cast = await client.labels.vote({ deployment, functions })
    if (functions) {
      refuseBroken(cast, options.functions!)
      await client.labels.keepFunctions({ deployment, functions })
    }
    return { votes: cast, taken: take ? await client.labels.takeVotes({ deployment, atLeast }) : null }
  })
  if (json) output.json({ ...votes, taken })
  else {
    printVotes(output, votes)
    if (taken) output.line(`${taken.accepted} labels taken, ${taken.refused} refused.`)
  }
  return exitCodes.done
}

/** Those that are kept stay as they are until others can take their place. */
function refuseBroken({ functions }: Votes, path: string): void {
  const problems = functions.flatMap(({ name, problem }) =>
    problem === null ? [] : [`“${name}” cannot vote: ${problem}`],
  )
  if (problems.length > 0) throw usageError('broken-functions', { path, problem: problems.join(' ') })
}

function printVotes(output: Output, { rows, voted, isIdentified, functions, sure, known }: Votes): void {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  output.line(`Votes on ${voted} of the newest ${rows} answers.`)
  const columns = [
    { title: 'function' },
    ...['votes on', 'overlaps', 'conflicts', 'right (estimate)', 'where known'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ]
  const lines = functions.map((each) => [
    each.name,
    percent(each.coverage),
    percent(each.overlap),
    percent(each.conflict),
    each.accuracy === null ? '–' : percent(each.accuracy),
    `${each.known.right} of ${each.known.votes}`,
  ])
  for (const line of formatTable({ columns, rows: lines })) output.line(line)
  for (const { name, problem } of functions)
    if (problem !== null) output.line(`“${name}” cannot vote: ${problem}`)
  if (!isIdentified)
    output.line(
      'How right they are is not known: that takes three that vote on the same rows, or 50 rows with a truth.',
    )
  if (known.rows > 0)
    output.line(`Together they are right on ${known.right} of ${known.rows} rows with a label.`)
  output.line(
    `Without a label: ${sure.map(({ atLeast, rows: count }) => `${count} with ${atLeast}`).join(', ')}`,
  )
}

async function readFunctions(path: string, cwd: string): Promise<LabellingFunction[]> {
  const bad = (problem: string, cause?: unknown): never => {
    throw usageError('bad-functions', { path, problem }, { cause })
  }
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw usageError('data-missing', { path, folder: cwd }, { cause })
    return bad(reasonOfFailure(cause), cause)
  })
  const read = explainIssues(labellingFunctionsSchema, parsed(text, bad))
  if (read.success) return read.data.length > 0 ? read.data : bad('the list is empty.')
  const [first] = read.explanations
  return bad(`${first!.path.join('.')}: ${first!.message}`)
}

function parsed(text: string, bad: (problem: string, cause?: unknown) => never): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    return bad((cause as Error).message, cause)
  }
}
