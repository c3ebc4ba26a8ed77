import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../e2e/find-chromium.ts'
import type { Outcome } from './run-specs.ts'
import { buildTestWindow, openBrowser, runSpecs } from './run-under-double.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)
const chromium = findChromium()
const { version: electronVersion } = createRequire(import.meta.url)('electron/package.json') as {
  version: string
}

/** What electron-builder's own parts can say of an app. */
const ofBuilder = createRequire(join(root, 'node_modules', 'app-builder-lib', 'package.json'))
const asar = ofBuilder('@electron/asar') as {
  extractAll(archive: string, folder: string): void
  listPackage(archive: string): string[]
}

/**
 * The packaged app, but for Electron itself: electron-builder gets a distribution with a program that has nothing but
 * the mark behind which the fuses are.
 */
describe.skipIf(process.platform !== 'linux' || chromium === null)('the packaged desktop app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-desktop-'))
  const packed = join(folder, 'out', 'linux-unpacked')
  let outcome: Outcome

  beforeAll(async () => {
    const window = join(folder, 'window')
    await buildTestWindow(window)
    const project = join(folder, 'project')
    await buildProject(project, window)
    const distribution = join(folder, 'electron')
    fakeDistribution(distribution)
    const settings = [
      `-c.electronDist=${distribution}`,
      `-c.electronVersion=${electronVersion}`,
      `-c.directories.output=${join(folder, 'out')}`,
    ]
    await run(bin('electron-builder'), ['--linux', 'dir', '--publish', 'never', ...settings], {
      cwd: project,
    })
    const app = join(folder, 'app')
    asar.extractAll(join(packed, 'resources', 'app.asar'), app)
    const browser = await openBrowser(chromium!)
    outcome = await runSpecs({ browser, window, main: join(app, 'dist', 'electron', 'main.js') })
    await browser.close()
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('works like its sources', () => {
    expect(Object.entries(outcome).filter(([, problem]) => problem !== null)).toEqual([])
  })

  it('holds what it needs, and no sources', () => {
    const files = asar.listPackage(join(packed, 'resources', 'app.asar'))
    for (const path of [
      'dist/electron/preload/preload.cjs',
      'dist/renderer/index.html',
      'examples/titanic/titanic.csv',
    ])
      expect(files).toContain(`/${path}`)
    expect(
      files.filter((path) => /(?<!\.d)\.tsx?$|^\/node_modules\/(node|react|electron|vite)\//.test(path)),
    ).toEqual([])
    expect(existsSync(join(packed, 'resources', 'app.asar.unpacked', 'node_modules'))).toBe(true)
  })

  it('cannot be run as Node, nor made to load anything else', async () => {
    const { stdout } = await run(bin('electron-fuses'), ['read', '--app', join(packed, 'pipewright')])
    const fuses = Object.fromEntries(
      [...stdout.matchAll(/(\w+) is (Enabled|Disabled)/g)].map(([, name, state]) => [name, state]),
    )
    expect(fuses).toMatchObject({
      RunAsNode: 'Disabled',
      EnableNodeOptionsEnvironmentVariable: 'Disabled',
      EnableNodeCliInspectArguments: 'Disabled',
      EnableEmbeddedAsarIntegrityValidation: 'Enabled',
      OnlyLoadAppFromAsar: 'Enabled',
      GrantFileProtocolExtraPrivileges: 'Disabled',
    })
  })
})

/** What is packaged, built beside the project's own `dist`, which others may be using. */
async function buildProject(project: string, window: string): Promise<void> {
  const dist = join(project, 'dist')
  await run(bin('tsc'), ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist], { cwd: root })
  await run(bin('tsc'), ['-p', 'electron/preload', '--noCheck', '--outDir', dist], { cwd: root })
  for (const path of ['src/storage/migrations', 'src/serving/protocols/grpc/open-inference.proto'])
    cpSync(join(root, path), join(dist, path), { recursive: true })
  cpSync(window, join(dist, 'renderer'), { recursive: true })
  for (const name of ['package.json', 'package-lock.json', 'electron-builder.yml', 'examples'])
    cpSync(join(root, name), join(project, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
}

function fakeDistribution(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version'])
    writeFileSync(join(folder, name), 'of the fake distribution')
  const program = join(folder, 'electron')
  const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const wire = Buffer.from([1, 8, ...Buffer.from('00000000')])
  writeFileSync(program, Buffer.concat([Buffer.from(mark), wire, Buffer.alloc(64)]))
  chmodSync(program, 0o755)
}
