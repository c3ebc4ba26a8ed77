import { isAbsolute, resolve } from 'node:path'
import { PipewrightError } from '../core/errors.ts'
import { matchFiles } from '../files/match-files.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { FileHashes } from '../storage/file-hashes.ts'
import { hashOfFile } from '../storage/hash-of-file.ts'
import { engineError } from './errors.ts'

/** A source as far as its files are concerned. */
export interface FileSource {
  node: string
  definition: AnyNodeDefinition
  params: unknown
}

/**
 * SHA-256 of the content of each file a source reads, by the path as its parameters have it, or as it matches a pattern
 * among them.
 */
export async function hashSourceFiles(
  { node, definition, params }: FileSource,
  { baseFolder, fileHashes }: { baseFolder: string; fileHashes: FileHashes },
): Promise<Record<string, string>> {
  const files: { path: string; given: string }[] = (definition.files?.(params) ?? []).map((path: string) => ({
    path,
    given: path,
  }))
  for (const given of definition.filePatterns?.(params) ?? [])
    for (const path of await matchFiles(given, baseFolder)) files.push({ path, given })
  const hashes = files.map(async ({ path, given }) => {
    const absolute = isAbsolute(path) ? path : resolve(baseFolder, path)
    try {
      return [path, await hashOfFile({ path: absolute, fileHashes })] as const
    } catch (cause) {
      throw unreadable(absolute, { cause, at: placeOf(node, params, given) })
    }
  })
  return Object.fromEntries(await Promise.all(hashes))
}

function unreadable(
  path: string,
  { cause, at }: { cause: unknown; at: { node: string; param?: string } },
): PipewrightError {
  if (cause instanceof PipewrightError) {
    cause.at = at
    return cause
  }
  switch ((cause as NodeJS.ErrnoException).code ?? 'none') {
    case 'ENOENT':
    case 'ENOTDIR':
      return engineError('file-missing', { path }, { cause, at })
    case 'EISDIR':
      return engineError('file-is-folder', { path }, { cause, at })
    default:
      return engineError('file-unreadable', { path, problem: reasonOfFailure(cause) }, { cause, at })
  }
}

/** The parameter that holds a path or pattern, so that the message stands at its field. */
function placeOf(node: string, params: unknown, given: string): { node: string; param?: string } {
  const found = Object.entries(params as Record<string, unknown>).find(([, value]) => value === given)
  return found ? { node, param: found[0] } : { node }
}
