import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { feedbackEntrySchema, type FeedbackEntry } from '../../../contract/prediction-log-contract.ts'
import type { LoggedPrediction } from '../../../contract/prediction-log-contract.ts'
import { explainIssues } from '../../../core/explain-issues.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { Output } from '../output.ts'
import type { FeedbackOptions, LogOptions } from '../program/serving-options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { withHost } from '../with-host.ts'

export async function showLog(
  context: CommandContext,
  options: LogOptions & { name: string },
): Promise<ExitCode> {
  const { output, cwd, interrupts } = context
  const { name, search, limit, follow, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const filter = { text: search ?? null }
  return withHost(context, { folder, shared: false }, async ({ client }) => {
    const { records } = await client.deployments.log({ name, filter, limit: Math.min(limit, 1_000) })
    print(records.toReversed(), { output, json })
    if (records.length === 0 && !json)
      output.remark(
        search === undefined ? 'Nothing is logged yet.' : `No logged answer has “${search}” in it.`,
      )
    if (!follow) return exitCodes.done
    const signal = interrupts.first
    try {
      for await (const { records: newer } of await client.deployments.tail({ name, filter }, { signal }))
        print(newer, { output, json })
    } catch (error) {
      if (!signal.aborted) throw error
    }
    return exitCodes.done
  })
}

function print(
  records: readonly LoggedPrediction[],
  { output, json }: { output: Output; json: boolean },
): void {
  for (const record of records) {
    if (json) {
      output.line(JSON.stringify(record))
      continue
    }
    const { at, model, version, answer, latencyMs, predictionId, isFallback, feedback } = record
    const said = feedback === null ? '' : `  said: ${feedback.label ?? feedback.isRight ?? feedback.score}`
    output.line(
      `${formatTime(at)}  ${model}:${version}  ${answer}${isFallback ? ' (fallback)' : ''}  ` +
        `${latencyMs.toFixed(1)} ms  ${predictionId}${said}`,
    )
  }
}

/** An operation takes so many. */
const atOnce = 10_000

export async function giveFeedback(
  context: CommandContext,
  options: FeedbackOptions & { name: string; prediction: string | undefined; label: string | undefined },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { name, json } = options
  const entries = await entriesOf(options, cwd)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  return withHost(context, { folder, shared: false }, async ({ client }) => {
    let accepted = 0
    const refused: { index: number; message: string }[] = []
    for (let first = 0; first < entries.length; first += atOnce) {
      const answer = await client.deployments.feedback({
        name,
        entries: entries.slice(first, first + atOnce),
      })
      accepted += answer.accepted
      refused.push(...answer.refused.map(({ index, message }) => ({ index: first + index, message })))
    }
    if (json) output.json({ accepted, refused })
    else {
      output.line(`${accepted} taken, ${refused.length} refused.`)
      for (const { index, message } of refused.slice(0, 20)) output.line(`  ${index + 1}: ${message}`)
    }
    return refused.length === 0 ? exitCodes.done : exitCodes.failed
  })
}

async function entriesOf(
  { prediction, label, comment, file }: Parameters<typeof giveFeedback>[1],
  cwd: string,
): Promise<FeedbackEntry[]> {
  if (file === undefined) {
    if (prediction === undefined || label === undefined) throw usageError('no-feedback')
    const number = Number(label)
    // A label such as “01” stays as it is written.
    const isNumber = label.trim() !== '' && Number.isFinite(number) && !/^[-+]?0\d/.test(label)
    const truth = isNumber ? number : label
    const given = { predictionId: prediction, label: truth, comment: comment ?? null }
    const read = explainIssues(feedbackEntrySchema, given)
    if (read.success) return [read.data]
    const [first] = read.explanations
    const problem = `${first!.path.join('.')}: ${first!.message}`
    throw usageError('bad-feedback-given', { problem })
  }
  const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = isMissing ? 'there is no such file' : reasonOfFailure(cause)
    throw usageError('feedback-unreadable', { path: file, problem }, { cause })
  })
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [entryIn(line, { file, index })]))
}

/** As HTTP takes it, too. */
const lineSchema = feedbackEntrySchema.extend({ right: z.boolean().optional() })

function entryIn(line: string, { file, index }: { file: string; index: number }): FeedbackEntry {
  const where = `${file}, line ${index + 1}`
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw usageError('bad-feedback', { where, problem: (cause as Error).message }, { cause })
  }
  const entry = lineSchema.safeParse(value)
  if (entry.success) {
    const { right, isRight, ...said } = entry.data
    if (right === undefined || isRight === null || right === isRight)
      return { ...said, isRight: isRight ?? right ?? null }
    throw usageError('bad-feedback', { where, problem: '“right” and “isRight” say different things.' })
  }
  throw usageError('bad-feedback', { where, problem: entry.error.issues[0]!.message })
}
