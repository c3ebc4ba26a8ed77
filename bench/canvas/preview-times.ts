import { join } from 'node:path'
import type { Client } from '../../src/contract/create-client.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import { openHost } from '../../src/hosts/open-host.ts'

/** How long the window waits for another keystroke. */
const pauseMs = 100

/** Milliseconds from the last keystroke to the last step of a preview, after each of some edits of each example. */
export async function previewTimes(folder: string): Promise<number[]> {
  process.env['PIPEWRIGHT_SETTINGS'] = join(folder, '.settings')
  const { signal } = new AbortController()
  const host = await openHost({ folder, composition: builtInComposition, shared: false, signal })
  try {
    await host.openPort()
    const { templates } = await host.client.templates.list()
    const times: number[] = []
    for (const { id } of templates) times.push(...(await timesOf(host.client, id)))
    return times
  } finally {
    await host.close({ hurry: AbortSignal.abort() })
  }
}

async function timesOf(client: Client, template: string): Promise<number[]> {
  const { path } = await client.templates.open({ id: template })
  const { text } = await client.files.open({ path, isAgain: false })
  const show = async (shown: string): Promise<number> => {
    const start = performance.now()
    const document = { path, text: shown }
    for await (const _ of await client.pipelines.preview({ document, parameters: {} })) continue
    return performance.now() - start + pauseMs
  }
  // Whoever edits has looked at it first.
  await show(text)
  const times: number[] = []
  for (const edited of editsOf(parsePipeline(text))) times.push(await show(JSON.stringify(edited)))
  return times
}

/** The pipeline with another value of one parameter, for each step of a kind that most have. */
function editsOf(pipeline: Pipeline): Pipeline[] {
  const others: Readonly<Record<string, object>> = {
    'features.split': { test: 0.31 },
    'features.impute': { numeric: 'mean' },
    'features.encode': { maximumCategories: 17 },
  }
  return Object.entries(pipeline.nodes).flatMap(([id, node]) => {
    const other = others[node.type]
    if (!other) return []
    const changed = { ...node, params: { ...node.params, ...other } }
    return [{ ...pipeline, nodes: { ...pipeline.nodes, [id]: changed } }]
  })
}
