import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileStamp } from '../../../src/files/file-stamp.ts'
import { sha256OfText } from '../../../src/files/sha256.ts'
import { hashOfFile } from '../../../src/storage/hash-of-file.ts'
import { openWorkspace } from '../../../src/storage/open-workspace.ts'
import { acquireWorkspaceLock } from '../../../src/storage/workspace-lock.ts'
import { workspacePaths } from '../../../src/storage/workspace-paths.ts'
import { hostedWorkspace, temporaryFolder, temporaryTracking } from './storage-samples.ts'

describe('a workspace', () => {
  it('keeps its own files out of Git', async () => {
    const { paths } = await hostedWorkspace()
    expect(readFileSync(join(paths.root, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('leaves a .gitignore alone that somebody has changed', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '.pipewright'))
    writeFileSync(join(folder, '.pipewright/.gitignore'), 'logs\n')
    const { paths } = await hostedWorkspace(folder)
    expect(readFileSync(join(paths.root, '.gitignore'), 'utf8')).toBe('logs\n')
  })

  it('has one host at a time, and a new one after that', async () => {
    const folder = temporaryFolder()
    const first = await hostedWorkspace(folder)
    expect(await openWorkspace(folder)).toMatchObject({ heldBy: { pid: process.pid } })
    first.close()
    expect((await hostedWorkspace(folder)).interruptedRuns).toEqual([])
  })

  it('removes what a dead host left in staging', async () => {
    const folder = temporaryFolder()
    const { staging } = workspacePaths(folder)
    mkdirSync(join(staging, 'half-written'), { recursive: true })
    writeFileSync(join(staging, 'half-written/rows.parquet'), 'PAR1')
    await hostedWorkspace(folder)
    expect(() => readFileSync(join(staging, 'half-written/rows.parquet'))).toThrow('ENOENT')
  })

  it('is the same through every path to its folder', () => {
    const link = join(temporaryFolder(), 'link')
    const folder = temporaryFolder()
    symlinkSync(folder, link)
    expect(workspacePaths(link)).toEqual(workspacePaths(join(folder, 'x/..')))
  })

  it('listens at a short path when its own is too long', async () => {
    const deep = join(temporaryFolder(), 'a-folder-with-quite-a-long-name'.repeat(4))
    const { paths } = await hostedWorkspace(deep)
    expect(Buffer.byteLength(paths.socket)).toBeLessThan(100)
    const server = createServer().listen(paths.socket)
    await once(server, 'listening')
    server.close()
  })

  it('says so when a file is in the way', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, '.pipewright'), '')
    await expect(openWorkspace(folder)).rejects.toMatchObject({ code: 'storage.unwritable' })
  })
})

describe('the workspace lock', () => {
  it('is held by one of many that ask at once', async () => {
    const lock = join(temporaryFolder(), 'host.lock')
    const answers = await Promise.all(Array.from({ length: 8 }, () => acquireWorkspaceLock({ lock })))
    const held = answers.filter((answer) => 'lock' in answer)
    expect(held.length).toBe(1)
    held[0]!.lock.release()
    held[0]!.lock.release()
    expect(await acquireWorkspaceLock({ lock })).toHaveProperty('lock')
  })

  it('is given back when its note cannot be written', async () => {
    const lock = join(temporaryFolder(), 'host.lock')
    mkdirSync(join(`${lock}.json`, 'in the way'), { recursive: true })
    await expect(acquireWorkspaceLock({ lock })).rejects.toMatchObject({ code: 'EISDIR' })
    rmSync(`${lock}.json`, { recursive: true })
    expect(await acquireWorkspaceLock({ lock })).toHaveProperty('lock')
  })
})

describe('remembered file hashes', () => {
  const hourAgo = new Date(Date.now() - 3_600_000)

  it('are trusted as long as the file looks the same', async () => {
    const { fileHashes } = temporaryTracking()
    const path = join(temporaryFolder(), 'data.csv')
    await writeFile(path, 'a,b\n1,2\n')
    const stamp = { ...(await fileStamp(path)), mtimeMs: 1_000.25, ctimeMs: 1_000.25 }
    fileHashes.put(stamp, 'abc', { now: 3_001 })
    expect([
      fileHashes.get(stamp),
      fileHashes.get({ ...stamp, sizeBytes: 9 }),
      fileHashes.get({ ...stamp, mtimeMs: 1_000.5 }),
      fileHashes.get({ ...stamp, ctimeMs: 1_000.5 }),
      fileHashes.get({ ...stamp, inode: 1 }),
    ]).toEqual(['abc', null, null, null, null])
  })

  it('are not kept of a file that has just changed', async () => {
    const { fileHashes } = temporaryTracking()
    const stamp = { path: '/data.csv', sizeBytes: 8, mtimeMs: 10_000, ctimeMs: 10_000, inode: 7 }
    fileHashes.put(stamp, 'abc', { now: 11_999 })
    fileHashes.put({ ...stamp, path: '/from-the-future.csv' }, 'abc', { now: 5_000 })
    expect(fileHashes.get(stamp)).toBeNull()
    expect(fileHashes.get({ ...stamp, path: '/from-the-future.csv' })).toBeNull()
  })

  it('see a change of equal length whose modification time was set back', async () => {
    const { fileHashes } = temporaryTracking()
    const path = join(temporaryFolder(), 'data.csv')
    await writeFile(path, 'old')
    await utimes(path, hourAgo, hourAgo)
    const before = await fileStamp(path)
    fileHashes.put(before, sha256OfText('old'), { now: before.ctimeMs + 2_000 })
    expect(await hashOfFile({ path, fileHashes })).toBe(sha256OfText('old'))
    await writeFile(path, 'new')
    await utimes(path, hourAgo, hourAgo)
    expect(await hashOfFile({ path, fileHashes })).toBe(sha256OfText('new'))
  })
})
