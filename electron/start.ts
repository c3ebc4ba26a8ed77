import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * `npm start`: builds what has changed since the last time, then opens the app, or, where Electron cannot be had, the
 * same app in the browser.
 */
const root = join(import.meta.dirname, '..')
const sources = ['src', 'nodes', 'electron', 'renderer', 'package.json', 'vite.config.ts', 'tsconfig.json']
const stamp = join(root, 'dist', '.built')
const downloadMs = 180_000

// Ctrl-C is for what was started; this process only waits for its end.
process.on('SIGINT', () => {})
process.exitCode = await start(process.argv.slice(2))

async function start(given: readonly string[]): Promise<number> {
  const started = Date.now()
  if (isStale()) {
    const built = await run('npm', ['run', '--silent', 'build'])
    if (built !== 0) return built
    writeFileSync(stamp, `${started}\n`)
  }
  const electron = electronPath() ?? downloadElectron()
  if (electron !== null) return run(electron, [join(root, 'dist', 'electron', 'main.js'), ...given])
  process.stderr.write('Electron cannot be downloaded here, so the app opens in the browser.\n')
  return run(process.execPath, [join(root, 'src', 'hosts', 'cli', 'pipewright.js'), 'studio', ...given])
}

function isStale(): boolean {
  if (!existsSync(stamp)) return true
  const built = Number(readFileSync(stamp, 'utf8'))
  return sources.some((source) => newestIn(join(root, source)) > built)
}

function newestIn(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  const inside = readdirSync(path, { withFileTypes: true, recursive: true })
  const times = inside
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs)
  return Math.max(found.mtimeMs, ...times)
}

/** Null where the package is there, but not the program it is about. */
function electronPath(): string | null {
  const folder = electronFolder()
  if (folder === null) return null
  const name = join(folder, 'path.txt')
  if (!existsSync(name)) return null
  const path = join(folder, 'dist', readFileSync(name, 'utf8'))
  return existsSync(path) ? path : null
}

function downloadElectron(): string | null {
  const folder = electronFolder()
  if (folder === null) return null
  process.stderr.write('Downloading Electron, once …\n')
  const { status } = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: downloadMs,
  })
  return status === 0 ? electronPath() : null
}

function electronFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

function run(command: string, given: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32' && command === 'npm'
    const child = spawn(command, given, { stdio: 'inherit', shell })
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', (error) => {
      process.stderr.write(`${command} cannot be started: ${error.message}\n`)
      resolve(1)
    })
  })
}
