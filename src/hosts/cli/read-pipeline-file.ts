import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { PipelineDocument } from '../../contract/document.ts'
import { nearestName } from '../../core/nearest-name.ts'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { usageError } from './errors.ts'
import { formatBytes } from './terminal/format-amounts.ts'

/** As `pipelineLimits.bytes`, which comes with the whole schema of a pipeline: files are refused before that. */
const longestFile = 10 * 1024 * 1024

/** The text of the pipeline file that a user named. */
export async function readPipelineFile(name: string, cwd: string): Promise<PipelineDocument> {
  const path = resolve(cwd, name)
  const bytes = await readBytes(path, name)
  if (bytes.length === 0) throw usageError('file-empty', { path: name })
  const text = decode(bytes, name)
  const isMeantAsJson = extname(path).toLowerCase() === '.json' || text.trimStart().startsWith('{')
  if (!isMeantAsJson) throw usageError('not-a-pipeline', { path: name })
  return { path, text }
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw usageError('file-not-text', { path: name }, { cause })
  }
}

async function readBytes(path: string, name: string): Promise<Buffer> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory())
      throw usageError('file-is-folder', { path: name, hint: await pipelinesHint(path, name) })
    if (stats.size > longestFile)
      throw usageError('file-too-large', {
        path: name,
        size: formatBytes(stats.size),
        limit: formatBytes(longestFile),
      })
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw usageError('file-missing', { path: name, hint: await nearHint(path) }, { cause: error })
    if (code === 'EACCES' || code === 'EPERM' || code === 'EIO')
      throw usageError('file-unreadable', { path: name, problem: reasonOfFailure(error) }, { cause: error })
    throw error
  }
}

async function pipelinesHint(folder: string, name: string): Promise<string> {
  const names = await pipelinesIn(folder)
  return names[0] === undefined
    ? 'Give a pipeline file; its name usually ends in .pipeline.json.'
    : `Did you mean ${join(name, names[0])}?`
}

async function nearHint(path: string): Promise<string> {
  const names = await pipelinesIn(dirname(path))
  const near = nearestName(basename(path), names) ?? names.find((each) => each.startsWith(basename(path)))
  return near === undefined ? 'Check the name and the folder.' : `Did you mean ${near}?`
}

async function pipelinesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.pipeline.json')).toSorted()
  } catch {
    return []
  }
}
