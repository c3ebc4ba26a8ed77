import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'

export interface Pages {
  /** The folder of the window as it is shipped. */
  renderer: string
  /** The folder of the page that shows React Flow as it comes. */
  plain: string
}

/** Builds both pages into a folder, for production. */
export async function buildPages(folder: string): Promise<Pages> {
  const renderer = join(folder, 'renderer')
  const plain = join(folder, 'plain')
  const quiet = { logLevel: 'error' } as const
  await build({
    ...quiet,
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    build: { outDir: renderer },
  })
  await build({
    ...quiet,
    configFile: false,
    root: join(import.meta.dirname, 'plain'),
    build: { outDir: plain, emptyOutDir: true, target: 'es2024' },
  })
  return { renderer, plain }
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
}

/** A file of a built page, as an answer to a request for it. */
export async function answerFrom(
  folder: string,
  path: string,
): Promise<{ body: Buffer; contentType: string }> {
  const name = path === '/' ? 'index.html' : path.slice(1)
  return {
    body: await readFile(join(folder, name)),
    contentType: types[name.split('.').at(-1)!] ?? 'application/octet-stream',
  }
}
