import { randomUUID } from 'node:crypto'
import { copyFile, symlink } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** DuckDB would take a path with one of these for a pattern, and might read other files with it. */
export function hasWildcards(path: string): boolean {
  return /[*?[\]{}]/.test(path)
}

/** The path of a file, or of a link to it in a folder where the path has wildcards in it. */
export async function linkPlainly(path: string, folder: string): Promise<string> {
  if (!hasWildcards(path)) return path
  const link = join(folder, `${randomUUID()}${extname(path).replace(/[^.\w]/g, '')}`)
  // Where links are not allowed (Windows, without a right for it), a copy does the same.
  await symlink(path, link).catch(() => copyFile(path, link))
  return link
}
