import type { StartColumn } from '../../../src/core/artifacts.ts'
import { matchFiles } from '../../../src/files/match-files.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { logDoubt } from '../../../src/tables/read-file/log-doubt.ts'
import type { FileSniff, ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { sniffFile } from '../../../src/tables/read-file/sniff-file.ts'
import { readOptionsOf } from '../read-options-of.ts'
import type { FilesParams, ingestionFiles } from './definition.ts'

type Context = ContextOf<typeof ingestionFiles>

/** A matching file, as far as it shows by itself how it is to be read. */
export interface SniffedFile {
  /** As it matches the pattern. */
  path: string
  options: ReadOptions
  startColumns: readonly StartColumn[]
}

/** Finds out the columns of every matching file, each with the settings for the columns that it has. */
export async function sniffMatched(context: Context, params: FilesParams): Promise<SniffedFile[]> {
  const { pattern } = params
  const paths = await matchFiles(pattern, context.resolvePath('.'))
  if (paths.length === 0) context.fail('no-files', { pattern }, { param: 'pattern' })
  const files: SniffedFile[] = []
  for (const [index, path] of paths.entries()) {
    context.signal.throwIfAborted()
    context.progress({ share: index / paths.length, note: `looking at “${path}”` })
    files.push(await sniffOne(context, path, params))
  }
  refuseUnknown(context, files, params)
  return files
}

async function sniffOne(context: Context, path: string, params: FilesParams): Promise<SniffedFile> {
  const all = readOptionsOf(context.resolvePath(path), params)
  const settings = Object.entries(all.columns ?? {})
  const plain = await sniffFile(context, { ...all, columns: {} })
  if (settings.length === 0) return sniffed(context, { path, options: all }, plain)
  const names = new Set(plain.startColumns.map(({ name }) => name))
  const options = { ...all, columns: Object.fromEntries(settings.filter(([name]) => names.has(name))) }
  return sniffed(context, { path, options }, await sniffFile(context, options))
}

function sniffed(
  context: Context,
  file: Pick<SniffedFile, 'path' | 'options'>,
  { startColumns, doubts }: FileSniff,
): SniffedFile {
  for (const doubt of doubts) logDoubt(context, doubt, { file: file.path })
  return { ...file, startColumns }
}

function refuseUnknown(context: Context, files: readonly SniffedFile[], params: FilesParams): void {
  const names = new Set(files.flatMap(({ startColumns }) => startColumns.map(({ name }) => name)))
  for (const param of ['types', 'formats', 'replace', 'rules'] as const) {
    const columns = Object.keys(params[param]).filter((name) => !names.has(name))
    if (columns.length > 0) context.fail('unknown-columns', { columns }, { param })
  }
}
