import { realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { filesError } from './errors.ts'
import type { HostServices } from './services.ts'

/** The folders whose files may be looked at and written by way of the contract. */
export function allowedFolders({ workspace, settings, openedFolders }: HostServices): string[] {
  return [workspace.paths.folder, ...settings.read().trustedFolders, ...openedFolders]
}

/**
 * A path as the file system has it, links followed: that of a file or folder, which need not be there, in one of the
 * allowed folders. What Pipewright keeps for itself is nobody else's. Throws `files.outside`.
 */
export async function allowedPath(path: string, host: HostServices): Promise<string> {
  if (!isAbsolute(path) || path.includes('\0')) throw filesError('outside', { path })
  const real = await realPath(path)
  const folders = await Promise.all(allowedFolders(host).map(realPath))
  const isAllowed =
    folders.some((folder) => isWithin(real, folder)) && !isWithin(real, host.workspace.paths.root)
  if (!isAllowed) throw filesError('outside', { path })
  return real
}

export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** Of a file that is not there: the real path of the nearest folder that is, and the rest. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(await realPath(folder), basename(path))
  }
}
