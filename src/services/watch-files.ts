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

/** A file as somebody knows it; null: that there is none. */
interface KnownFile {
  path: string
  revision: string | null
}

/** Each change of some files since they were known, by anybody else than `files.save`, until the signal. */
export async function* watchFiles(
  known: readonly KnownFile[],
  { files, signal }: { files: PipelineFiles; signal: AbortSignal | undefined },
): AsyncGenerator<KnownFile, void, undefined> {
  const seen = new Map<string, Seen>()
  for (const { path, revision } of known) {
    const now = await look(path, undefined)
    seen.set(path, now)
    if (now.revision !== revision && !signal?.aborted) yield { path, revision: now.revision }
  }
  for (;;) {
    await sleep(pollMs, undefined, { signal }).catch(() => {})
    if (signal?.aborted) return
    for (const { path } of known) {
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
