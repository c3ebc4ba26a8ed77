import { canonicalJson } from '../../core/canonical-json.ts'
import { fileStamp } from '../../files/file-stamp.ts'
import type { RunContext } from '../../node-kit/run-context.ts'
import type { ReadOptions } from './read-options.ts'

/** A file that was written later than this may be written again without a sign of it. */
const SETTLED_MS = 1_000

let last: { key: string; sniff: unknown } | null = null

/**
 * What `sniff` finds out, or what it has found out of the same file just now: a run reads a file right after it was
 * looked at to plan the run, most often in the same process.
 */
export async function sniffOnce<Sniff>(
  { node }: Pick<RunContext, 'node'>,
  options: ReadOptions,
  sniff: () => Promise<Sniff>,
): Promise<Sniff> {
  const stamp = await fileStamp(options.path).catch(() => null)
  if (!stamp || Date.now() - stamp.ctimeMs < SETTLED_MS) return sniff()
  const key = canonicalJson({ node, options, stamp })
  if (last?.key !== key) last = { key, sniff: await sniff() }
  return last.sniff as Sniff
}
