import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Client } from '../../src/contract/create-client.ts'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import { openHost } from '../../src/hosts/open-host.ts'

/** Half-hours of a day: they are asked together, and their truth is known a day later. */
const dayRows = 48
const deployment = 'electricity'
const file = 'electricity-drift.pipeline.json'

type Row = Readonly<Record<string, number>>

interface Replayed {
  accuracy: number
  trainings: number
  promotions: number
  driftedWindows: number
}

/** Who decides when the model is trained anew, once labels of a day have come. */
type Teacher = (stream: { client: Client; folder: string; labels: number }) => Promise<void>

const { values: options } = parseArgs({
  options: {
    /** How many half-hours are replayed; all that there are when left out. */
    rows: { type: 'string' },
    /** Keeps the workspace of the unattended stream, to be looked at with `pipewright studio FOLDER`. */
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const stream = readRows('electricity-stream.csv').slice(0, options.rows ? Number(options.rows) : undefined)

const unattended = await replay({ folder: options.folder, teacher: settleRetraining })
const every = Math.floor(stream.length / (unattended.trainings + 1))
let taught = 0
const blind = await replay({
  change: withoutRetraining,
  async teacher({ client, folder, labels }) {
    if (labels - taught < every) return
    taught = labels
    await runPipeline(client, documentIn(folder))
  },
})
const frozen = await replay({ change: withoutRetraining, teacher: async () => undefined })
report({ unattended, blind, frozen })

/** The stream through a live endpoint, a day at a time, in a workspace of its own. */
async function replay({
  folder,
  change = (pipeline) => pipeline,
  teacher,
}: {
  folder?: string | undefined
  change?: (pipeline: Pipeline) => Pipeline
  teacher: Teacher
}): Promise<Replayed> {
  const own = folder ?? mkdtempSync(join(tmpdir(), 'electricity-'))
  mkdirSync(own, { recursive: true })
  cpSync(join(import.meta.dirname, 'electricity-first.csv'), join(own, 'electricity-first.csv'))
  const text = readFileSync(join(import.meta.dirname, file), 'utf8')
  writeFileSync(join(own, file), formatPipeline(change(parsePipeline(text))))
  const over = new AbortController()
  const host = await openHost({
    folder: own,
    composition: builtInComposition,
    shared: true,
    signal: over.signal,
  })
  try {
    const { client } = host
    await runPipeline(client, documentIn(own))
    await client.deployments.switchOn({ name: deployment })
    await client.deployments.resume()
    const hits: boolean[] = []
    let asked: { ids: readonly string[]; rows: readonly Row[] } = { ids: [], rows: [] }
    for (let at = 0; at < stream.length; at += dayRows) {
      const rows = stream.slice(at, at + dayRows)
      const address = await addressOnceServed(client)
      const answers = await predict(address, rows)
      hits.push(...answers.map(({ prediction }, index) => Number(prediction) === rows[index]!['class']))
      await tell(client, asked)
      await client.monitoring.settle({ name: deployment })
      await teacher({ client, folder: own, labels: at })
      asked = { ids: answers.map(({ predictionId }) => predictionId), rows }
      progress(hits)
    }
    return { ...(await countsOf(client)), accuracy: shareOf(hits) }
  } finally {
    await host.close()
    if (!folder) rmSync(own, { recursive: true, force: true })
  }
}

function readRows(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(import.meta.dirname, name), 'utf8')
    .trimEnd()
    .split('\n')
  const columns = head.trim().split(',')
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [columns[index]!, Number(value)])),
  )
}

function documentIn(folder: string): { path: string; text: string } {
  const path = join(folder, file)
  return { path, text: readFileSync(path, 'utf8') }
}

function withoutRetraining(pipeline: Pipeline): Pipeline {
  const nodes = Object.fromEntries(Object.entries(pipeline.nodes).filter(([id]) => id !== 'retrain'))
  const edges = pipeline.edges.filter((edge) => !edge.includes('retrain.'))
  return { ...pipeline, nodes, edges, links: [] }
}

async function runPipeline(client: Client, document: { path: string; text: string }): Promise<void> {
  const request = { document, parameters: {}, trust: true, tied: true }
  const started = await client.runs.start(request)
  if (started.outcome === 'refused') throw new Error(started.findings[0]!.message)
  for await (const event of await client.runs.events({ run: started.run, after: 0 }))
    if (event.event === 'run-finished' && event.status !== 'done')
      throw new Error(`the run ${started.run} failed`)
}

/** Once the champion is what answers. */
async function addressOnceServed(client: Client): Promise<string> {
  for (;;) {
    const { deployment: info } = await client.deployments.show({ name: deployment })
    const [served] = info.versions
    const { version } = await client.models.show({ reference: 'electricity@champion' })
    if (info.state === 'failed') throw new Error(info.error?.message)
    if (info.address !== null && served?.isServed && served.version === version.version) return info.address
    await sleep(20)
  }
}

async function predict(
  address: string,
  rows: readonly Row[],
): Promise<{ prediction: string | number; predictionId: string }[]> {
  // What is to be predicted is not among what is asked.
  const asked = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'class')),
  )
  const answer = await fetch(`${address}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows: asked }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  const { predictions } = (await answer.json()) as {
    predictions: { prediction: string | number; predictionId: string }[]
  }
  return predictions
}

async function tell(
  client: Client,
  { ids, rows }: { ids: readonly string[]; rows: readonly Row[] },
): Promise<void> {
  if (ids.length === 0) return
  const entries = ids.map((predictionId, index) => ({ predictionId, label: rows[index]!['class']! }))
  await client.deployments.feedback({ name: deployment, entries })
}

/** What is due is done at once, as time is short here: half an hour lasts a few milliseconds. */
async function settleRetraining({ client }: { client: Client }): Promise<void> {
  await client.retraining.settle()
}

async function countsOf(client: Client) {
  const { jobs } = await client.retraining.jobs({ deployment, limit: 500 }).catch(() => ({ jobs: [] }))
  const { runs } = await client.runs.list({ limit: 1_000 })
  const { points } = await client.monitoring.series({
    name: deployment,
    metric: 'drift-share',
    segment: null,
  })
  return {
    trainings: runs.length - 1,
    promotions: jobs.filter(({ outcome }) => outcome === 'promoted').length,
    driftedWindows: points.filter(({ isBeyond }) => isBeyond).length,
  }
}

function shareOf(hits: readonly boolean[]): number {
  return hits.filter(Boolean).length / hits.length
}

function progress(hits: readonly boolean[]): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r${hits.length} of ${stream.length} half-hours, ${percent(shareOf(hits))} right `)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function report(all: Readonly<Record<'unattended' | 'blind' | 'frozen', Replayed>>): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(all)}\n`)
    return
  }
  const lines = Object.entries(all).map(
    ([name, { accuracy, trainings, promotions, driftedWindows }]) =>
      `${name.padEnd(11)} ${percent(accuracy)} right, ${trainings} trainings, ${promotions} promoted, ${driftedWindows} windows had drifted`,
  )
  process.stdout.write(`\n${stream.length} half-hours\n${lines.join('\n')}\n`)
}
