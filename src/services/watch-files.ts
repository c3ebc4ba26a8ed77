import { readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { revisionOf, type PipelineFiles } from './pipeline-files.ts'

/** Looked at rather than listened for: every file system tells the truth when it is asked. */
const pollMs = 700

interface Seen {
  /** Time and size, which tell whether to look again. */
  stamp: string
  revision: string | null
}

/** Each change of some files by anybody else than `files.save`, until the signal. */
export async function* watchFiles(
  paths: readonly string[],
  { files, signal }: { files: PipelineFiles; signal: AbortSignal | undefined },
): AsyncGenerator<{ path: string; revision: string | null }, void, undefined> {
  const seen = new Map<string, Seen>()
  for (const path of paths) seen.set(path, await look(path, undefined))
  for (;;) {
    await sleep(pollMs, undefined, { signal }).catch(() => {})
    if (signal?.aborted) return
    for (const path of paths) {
      const before = seen.get(path)!
      const now = await look(path, before)
      seen.set(path, now)
      const isOurs = now.revision !== null && now.revision === files.savedRevision(path)
      if (now.revision !== before.revision && !isOurs && !signal?.aborted)
        yield { path, revision: now.revision }
    }
  }
}

async function look(path: string, before: Seen | undefined): Promise<Seen> {
  try {
    const { mtimeMs, size, ino } = await stat(path)
    const stamp = `${mtimeMs} ${size} ${ino}`
    if (stamp === before?.stamp) return before
    return { stamp, revision: revisionOf(await readFile(path, 'utf8')) }
  } catch {
    return { stamp: 'gone', revision: null }
  }
}
