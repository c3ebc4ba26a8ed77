import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { secretNamed } from '../../../src/core/secret-reference.ts'
import { sha256OfText } from '../../../src/files/sha256.ts'
import type { ContextOf, RunOf } from '../../../src/node-kit/define-node.ts'
import { isConditionTrue } from '../is-condition-true.ts'
import { metricsOf } from '../metrics.ts'
import { originOf, type notify, type NotifyParams } from './definition.ts'
import { postMessage } from './post-message.ts'

type Context = ContextOf<typeof notify>

// What is not there since it failed is no mistake of the parameters, so the definition is not asked again.
export const run: RunOf<typeof notify> = async ({ table, reports }, params, context) => {
  context.signal.throwIfAborted()
  const metrics = metricsOf(reports, context.feeds)
  const isTrue = () => isConditionTrue(params.condition, { table: table ?? null, metrics, context })
  const isWanted = await isDue(params, { context, isTrue })
  if (!isWanted) {
    context.log('info', 'nothing to tell')
    return {}
  }
  const values = new Map<string, string>([...metrics].map(([name, { value }]) => [name, shortNumber(value)]))
  if (table) {
    values.set('rows', String(table.data.rows.count))
    values.set('columns', String(table.data.columns.length))
  }
  values.set(
    'error',
    context.failed.map(({ node, message }) => `“${node}” failed: ${message}`).join(' ') || 'nothing failed',
  )
  const message = filledIn(params.message, values, context)
  await deliver(message, params, {
    context,
    details: {
      metrics: Object.fromEntries([...metrics].map(([name, { value }]) => [name, value])),
      rows: table?.data.rows.count ?? null,
      failed: context.failed.map(({ node, message: problem }) => ({ node, message: problem })),
    },
  })
  context.effect({ kind: 'notification', message, isOfFailure: context.failed.length > 0 })
  return {}
}

/** Whether it is to be told of. */
async function isDue(
  { when }: NotifyParams,
  { context, isTrue }: { context: Context; isTrue: () => Promise<boolean> },
): Promise<boolean> {
  switch (when) {
    case 'always':
      return true
    case 'failure':
      return context.failed.length > 0
    case 'condition':
      return context.failed.length === 0 && isTrue()
  }
}

interface Details {
  metrics: Record<string, number>
  rows: number | null
  failed: { node: string; message: string }[]
}

async function deliver(
  message: string,
  params: NotifyParams,
  { context, details }: { context: Context; details: Details },
): Promise<void> {
  switch (params.to) {
    case 'log':
      context.log(details.failed.length > 0 ? 'warning' : 'info', '{message}', { message })
      return
    case 'file':
      await appendFile(context.resolvePath(params.path), `${message.replaceAll(/\r?\n/g, ' ')}\n`)
      context.log('info', 'added a line to {path}', { path: params.path })
      return
    case 'webhook': {
      const url = await context.readSecret(params.url)
      const isSecret = secretNamed(params.url) !== null
      if (originOf(url) === null)
        return context.fail('no-address', { reference: params.url }, { param: 'url' })
      const body = { message, node: context.node, ...details }
      const problem = await postMessage({
        ...params,
        url,
        body: JSON.stringify(body),
        // A failure is told of in every run; anything else once, though a run was killed before it was written down.
        key: details.failed.length > 0 ? randomUUID() : sha256OfText(canonicalJson(body)),
        signal: context.signal,
      })
      // What a secret stands for is shown to nobody.
      const host = isSecret ? params.url : new URL(url).host
      if (problem !== null) context.fail('not-delivered', { host, problem }, { param: 'url' })
      context.log('info', 'told {host}', { host })
    }
  }
}

function filledIn(text: string, values: ReadonlyMap<string, string>, context: Context): string {
  return text.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values.get(name)
    if (value !== undefined) return value
    // What it names may be what failed to come, and that something failed must be told.
    if (context.failed.length > 0) return '–'
    const known = [...values.keys()]
    return context.fail('unknown-name', { name, known }, { param: 'message' })
  })
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(6)))
