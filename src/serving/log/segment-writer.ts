import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createBlockFile, type BlockFile } from './block-file.ts'
import { createRecordWriter, type RecordWriter } from './record-bytes.ts'
import { segmentName, type SegmentKind } from './segment-name.ts'

/** Commits what is put in by groups, off the way of the caller. */
export interface SegmentWriter {
  /** False when the entry is left out: the disk is too far behind, or it cannot be written. */
  put(write: (writer: RecordWriter) => void): boolean
  /** Resolves when all that was put in before is written. */
  flush(): Promise<void>
  close(): Promise<void>
  /** Written so far. */
  readonly bytes: number
  /** Entries that the disk did not take. */
  readonly lost: number
}

/** Entries wait this long at most: what a crash may cost, with the time that writing takes. */
const groupMs = 100
const groupBytes = 1024 * 1024
/** Entries beyond this are dropped rather than kept in memory. */
const mostWaitingBytes = 64 * 1024 * 1024 - groupBytes
const fileBytes = 64 * 1024 * 1024
const fileMs = 3_600_000

export function openSegments(options: {
  folder: string
  kind: SegmentKind
  worker: number
  /** The first block of each file: what the entries mean. */
  header: Uint8Array
  /** Told of a disk that is full or gone; the entries are lost. */
  onError: (error: Error) => void
}): SegmentWriter {
  const { folder, kind, worker, header, onError } = options
  let filling = createRecordWriter()
  let spare = createRecordWriter()
  /** Epoch ms of the first entry of the group that is being filled. */
  let filledSince = 0
  let entries = 0
  let file: BlockFile | null = null
  /** Of the file: nothing in it is older. */
  let startedAt = 0
  let bytes = 0
  let lost = 0
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null

  const begin = async (since: number): Promise<BlockFile> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    startedAt = since
    const begun = await createBlockFile(join(folder, segmentName({ kind, startedAt, worker })))
    await begun.append(header)
    return begun
  }
  const end = async (): Promise<void> => {
    const ended = file
    file = null
    await ended?.close()
  }
  const write = async (group: Buffer, { since, count }: { since: number; count: number }): Promise<void> => {
    try {
      if (file && (file.size > fileBytes || since - startedAt > fileMs)) await end()
      file ??= await begin(since)
      await file.append(group)
      bytes += group.byteLength
    } catch (error) {
      // A block may stand there in part: nothing that follows it would be found.
      await end().catch(() => undefined)
      lost += count
      onError(error as Error)
    }
  }
  const commit = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    if (filling.length === 0 || writing) return
    const full = filling
    filling = spare
    spare = full
    writing = writeGroup(full, { since: filledSince, count: entries })
    entries = 0
  }
  const writeGroup = async (group: RecordWriter, about: { since: number; count: number }): Promise<void> => {
    await write(group.bytes(), about)
    group.clear()
    writing = null
    if (filling.length > 0) schedule()
  }
  const schedule = (): void => {
    if (filling.length >= groupBytes) commit()
    else timer ??= setTimeout(commit, groupMs)
  }
  const flush = async (): Promise<void> => {
    commit()
    await writing
    if (filling.length > 0) await flush()
  }
  return {
    get bytes() {
      return bytes
    },
    get lost() {
      return lost
    },
    put(entry) {
      if (filling.length > mostWaitingBytes) return false
      if (filling.length === 0) filledSince = Date.now()
      const before = filling.length
      try {
        entry(filling)
      } catch (error) {
        // A part of an entry would make the whole group unreadable.
        filling.cutTo(before)
        onError(error as Error)
        return false
      }
      entries += 1
      schedule()
      return true
    },
    flush,
    async close() {
      await flush()
      await end()
    },
  }
}
