import { readFile, realpath, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { oneAtATime } from '../core/one-at-a-time.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { PipelineSource } from '../engine/open-engine.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import { trustError } from './errors.ts'
import { hostOf, type Services } from './services.ts'

/** `.pipewright/trust.json`: by pipeline file, the paths it was trusted to write and the servers it may send to. */
const trustSchema = z.strictObject({
  format: z.literal(1),
  writes: z.record(z.string(), z.array(z.string())),
  sends: z.record(z.string(), z.array(z.string())).exactOptional(),
})
type Trust = z.infer<typeof trustSchema>

/**
 * A pipeline may come from anywhere, so it writes only inside the workspace and beside its own file, and sends nothing
 * away. Any other path, and any server, needs the user's word once (`trust`), unless it was given as a parameter. What
 * was trusted is remembered.
 */
export async function requireTrust(request: {
  source: PipelineSource
  trust: boolean
  services: Services
}): Promise<void> {
  const { source, trust, services } = request
  const { workspace } = hostOf(services)
  const { writes, sends } = await reachesOutside(source, services)
  if (writes.length === 0 && sends.length === 0) return
  const file = join(workspace.paths.root, 'trust.json')
  await exclusively(() => noteTrust(file, { source, trust, writes, sends }))
}

// Between reading what was trusted and writing more, nobody else here may do the same.
const exclusively = oneAtATime()

async function noteTrust(
  file: string,
  request: { source: PipelineSource; trust: boolean; writes: string[]; sends: string[] },
): Promise<void> {
  const { source, trust, writes, sends } = request
  const known = await readTrust(file)
  const trustedWrites = known.writes[source.path] ?? []
  const trustedSends = known.sends?.[source.path] ?? []
  const paths = writes.filter((path) => !trustedWrites.includes(path))
  const servers = sends.filter((origin) => !trustedSends.includes(origin))
  if (paths.length === 0 && servers.length === 0) return
  if (!trust && servers.length > 0) throw trustError('sends', { servers })
  if (!trust) throw trustError('needed', { paths })
  const trusted: Trust = {
    format: 1,
    writes: { ...known.writes, [source.path]: [...trustedWrites, ...paths].toSorted() },
    sends: { ...known.sends, [source.path]: [...trustedSends, ...servers].toSorted() },
  }
  const text = `${JSON.stringify(trusted, null, 2)}\n`
  await writeAtomically(file, (path) => writeFile(path, text))
}

async function reachesOutside(
  source: PipelineSource,
  services: Services,
): Promise<{ writes: string[]; sends: string[] }> {
  const { engine, workspace } = hostOf(services)
  const reaching = new Map<string, AnyNodeDefinition>(
    services.definitions
      .filter((definition) => 'writes' in definition || 'sends' in definition)
      .map((definition) => [definition.id, definition]),
  )
  if (!mayReach(source.pipeline, reaching)) return { writes: [], sends: [] }
  const { live, params } = await engine.check(source)
  const folder = dirname(source.path)
  const paths = Object.entries(live.pipeline.nodes).flatMap(([id, { type }]) =>
    params.has(id) ? (reaching.get(type)?.writes?.(params.get(id)) ?? []) : [],
  )
  const values = Object.values(source.parameters ?? {})
  const typed = new Set(values.flatMap((value) => (URL.canParse(value) ? [new URL(value).origin] : [])))
  const origins = Object.entries(live.pipeline.nodes).flatMap(([id, { type }]): readonly string[] =>
    params.has(id) ? (reaching.get(type)?.sends?.(params.get(id)) ?? []) : [],
  )
  const given = new Set(values.map((value) => resolve(folder, value)))
  const free = await Promise.all([workspace.paths.folder, folder].map(realPathOf))
  const outside = new Set<string>()
  for (const path of new Set(paths.map((path) => resolve(folder, path)))) {
    const real = await realPathOf(path)
    if (!given.has(path) && !free.some((root) => isPlainlyInside(root, real))) outside.add(real)
  }
  return { writes: [...outside], sends: [...new Set(origins)].filter((origin) => !typed.has(origin)) }
}

/** Whether a look at its parameters is needed at all; what stands in other files is looked at in any case. */
function mayReach(
  { nodes, subpipelines = {} }: Pipeline,
  reaching: ReadonlyMap<string, AnyNodeDefinition>,
): boolean {
  return (
    Object.values(nodes).some(({ type }) => reaching.has(type)) ||
    Object.values(subpipelines).some((entry) => 'path' in entry || mayReach(entry.pipeline, reaching))
  )
}

/** Hidden files and folders steer other programs (`.git`, `.pipewright`): they count as outside. */
function isPlainlyInside(folder: string, path: string): boolean {
  const steps = relative(folder, path)
  return steps !== '' && !isAbsolute(steps) && !steps.split(sep).some((step) => step.startsWith('.'))
}

/** Where a path leads when links are followed; it need not exist yet. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(await realPathOf(parent), basename(path))
  }
}

async function readTrust(file: string): Promise<Trust> {
  const empty: Trust = { format: 1, writes: {} }
  try {
    return trustSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? empty
  } catch {
    return empty
  }
}
