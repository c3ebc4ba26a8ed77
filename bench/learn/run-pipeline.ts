import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from '../harness/run-measured.ts'

const launcher = fileURLToPath(import.meta.resolve('../nodes/pipewright.js'))

interface ChainNode {
  key: string
  type: string
  params?: object
}

/** A table goes from each node of the chain to the next. The last node, if there is one, is connected by `edges`. */
export interface ChainPipeline {
  chain: readonly ChainNode[]
  last?: ChainNode & { edges: readonly string[] }
}

/** The command that runs a pipeline in a new workspace. */
export async function runPipeline(workspace: string, { chain, last }: ChainPipeline): Promise<Command> {
  const nodes = Object.fromEntries(
    [...chain, ...(last ? [last] : [])].map(({ key, type, params = {} }) => [
      key,
      { type, version: 1, params },
    ]),
  )
  const tables = chain.slice(1).map(({ key }, index) => `${chain[index]!.key}.table -> ${key}.table`)
  const edges = [...tables, ...(last?.edges ?? [])]
  const pipeline = { format: 1, id: 'learning', name: 'Learning', seed: 7, nodes, edges }
  const file = join(workspace, 'learning.pipeline.json')
  await mkdir(workspace, { recursive: true })
  await writeFile(file, JSON.stringify(pipeline))
  return { file: process.execPath, args: [launcher, 'run', file, '--json'], cwd: workspace }
}

interface RunEvent {
  event: string
  node?: string
  durationMs?: number
  metrics?: Record<string, number>
}

/** From what a run printed: metrics as `node.metric`, and the seconds of each node as `node.seconds`. */
export function readRun(stdout: string): Record<string, number> {
  const found: Record<string, number> = {}
  for (const line of stdout.trim().split('\n')) {
    const { event, node, durationMs, metrics = {} } = JSON.parse(line) as RunEvent
    if (event !== 'step-finished') continue
    found[`${node}.seconds`] = durationMs! / 1000
    for (const [name, value] of Object.entries(metrics)) found[`${node}.${name}`] = value
  }
  return found
}
