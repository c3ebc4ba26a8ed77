import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { securityHeaders } from '../src/hosts/http/security-headers.ts'
import { isAppUrl } from './app-origin.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers requests of the window with the files that were built for it, and with nothing beside them. */
export function serveApp(options: {
  folder: string
  theme: () => string
}): (request: Request) => Promise<Response> {
  const { folder, theme } = options
  return async ({ url, method }) => {
    if (method !== 'GET' || !isAppUrl(url)) return refused(403)
    const path = fileOf(new URL(url).pathname, folder)
    if (path === null) return refused(403)
    const bytes = await readFile(path).catch(() => null)
    if (bytes === null) return refused(404)
    const type = contentTypes[extname(path)] ?? 'application/octet-stream'
    const isPage = path === join(folder, 'index.html')
    const body = isPage
      ? bytes.toString('utf8').replace('data-theme="system"', `data-theme="${theme()}"`)
      : new Uint8Array(bytes)
    return new Response(body, { headers: { ...securityHeaders, 'content-type': type } })
  }
}

function refused(status: number): Response {
  return new Response(null, { status, headers: securityHeaders })
}

/** Null for what is not in the folder. */
function fileOf(pathname: string, folder: string): string | null {
  try {
    const name = decodeURIComponent(pathname)
    if (name.includes('\0')) return null
    const path = join(folder, name === '/' ? 'index.html' : name)
    return path.startsWith(folder + sep) ? path : null
  } catch {
    return null
  }
}
