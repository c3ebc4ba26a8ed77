import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { usageError } from './errors.ts'

export const isWorkspace = (folder: string): boolean => existsSync(join(folder, '.pipewright'))

/** Where a pipeline runs: the folder that was named, else the nearest workspace above the file, else its folder. */
export function workspaceOfFile(options: { file: string; named: string | undefined; cwd: string }): string {
  const folder = dirname(options.file)
  return options.named === undefined
    ? (workspaceAbove(folder) ?? folder)
    : resolve(options.cwd, options.named)
}

/** Where what is made goes: the folder that was named, else the nearest workspace above the current folder, else that. */
export function workspaceHere({ named, cwd }: { named: string | undefined; cwd: string }): string {
  return named === undefined ? (workspaceAbove(cwd) ?? cwd) : resolve(cwd, named)
}

/** A workspace that exists: the one that was named, else the nearest above the current folder. */
export function existingWorkspace(options: { named: string | undefined; cwd: string }): string {
  const folder = resolve(options.cwd, options.named ?? '.')
  const found = options.named === undefined ? workspaceAbove(folder) : isWorkspace(folder) ? folder : null
  if (found === null) throw usageError('no-workspace', { folder })
  return found
}

/** The nearest workspace: a folder itself, or one above it. */
export function workspaceAbove(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isWorkspace(folder)) return folder
    if (dirname(folder) === folder) return null
  }
}
