import { glob, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { compareCodePoints } from '../core/compare-code-points.ts'

/**
 * The files that match a pattern (`*`, `?`, `**`, `[ab]`, `{a,b}`) which starts at a folder, in the order of code points:
 * relative paths where the pattern is one, with `/` between their parts. Hidden files and folders are left out unless
 * the pattern names one.
 */
export async function matchFiles(pattern: string, folder: string): Promise<string[]> {
  const found: string[] = []
  for await (const path of glob(pattern, { cwd: folder })) {
    if (!namesHidden(pattern) && isHidden(path)) continue
    const info = await stat(resolve(folder, path)).catch(() => null)
    if (info?.isFile()) found.push(path.replaceAll(sep, '/'))
  }
  return found.toSorted(compareCodePoints)
}

const isHidden = (path: string): boolean => path.split(sep).some((part) => /^\.[^.]/.test(part))

const namesHidden = (pattern: string): boolean => /(^|[/\\])\.[^./\\]/.test(pattern)
