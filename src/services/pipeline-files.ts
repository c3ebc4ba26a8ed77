import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PipewrightError } from '../core/errors.ts'
import { pipelineLimits } from '../core/pipeline.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { sha256OfText } from '../files/sha256.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { oneAtATime } from '../core/one-at-a-time.ts'
import { filesError } from './errors.ts'

export interface OpenedFile {
  path: string
  text: string
  revision: string
}

export type SaveAnswer =
  | { outcome: 'saved'; revision: string }
  | { outcome: 'changed-on-disk'; revision: string | null; text: string | null }

/** Reads and writes pipeline files; `path` is always one that is allowed. */
export interface PipelineFiles {
  open(path: string): Promise<OpenedFile>
  save(file: { path: string; text: string; basedOn: string | null }): Promise<SaveAnswer>
  /** What `save` has written last. */
  savedRevision(path: string): string | undefined
}

export const revisionOf = (text: string): string => sha256OfText(text).slice(0, 32)

export function createPipelineFiles(): PipelineFiles {
  const saved = new Map<string, string>()
  // Between looking at the file and replacing it, nobody else here may do the same.
  const exclusively = oneAtATime()
  return {
    async open(path) {
      requirePipelineName(path)
      const text = await readText(path)
      if (text === null) throw filesError('missing', { path })
      return { path, text, revision: revisionOf(text) }
    },
    async save({ path, text, basedOn }) {
      requirePipelineName(path)
      // Nothing but pipelines is written in this way.
      parsePipeline(text)
      return exclusively(async () => {
        const there = await readText(path)
        const revision = there === null ? null : revisionOf(there)
        if (revision !== basedOn) return { outcome: 'changed-on-disk', revision, text: there }
        await writeText(path, text)
        saved.set(path, revisionOf(text))
        return { outcome: 'saved', revision: revisionOf(text) }
      })
    },
    savedRevision: (path) => saved.get(path),
  }
}

/** A path in a folder that nothing has yet: `NAME.pipeline.json`, `NAME-2.pipeline.json`, … */
export async function freePath(folder: string, name: string, ending = '.pipeline.json'): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}${ending}`)
    if (!(await exists(path))) return path
  }
}

/** A name that every file system takes. */
export function fileName(text: string): string {
  const name = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return name || 'pipeline'
}

function requirePipelineName(path: string): void {
  if (!path.endsWith('.json')) throw filesError('no-pipeline-name', { path })
}

/** Null where there is no file. */
async function readText(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path)
    if (size > pipelineLimits.bytes) throw filesError('too-large', { path })
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (cause instanceof TypeError) throw filesError('no-text', { path }, { cause })
    if (cause instanceof PipewrightError) throw cause
    throw filesError('unreadable', { path, problem: reasonOfFailure(cause) }, { cause })
  }
}

async function writeText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeAtomically(path, (temporaryPath) => writeFile(temporaryPath, text))
  } catch (cause) {
    throw filesError('unwritable', { path, problem: reasonOfFailure(cause) }, { cause })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
