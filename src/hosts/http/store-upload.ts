import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from '../../contract/create-client.ts'
import { PipewrightError } from '../../core/errors.ts'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { freePath } from '../../services/pipeline-files.ts'
import { httpError } from './errors.ts'

/** Writes a file that a browser sends into a folder of the workspace, under a free name. Gives its path. */
export async function storeUpload(options: {
  client: Client
  /** Absolute; null for the folder of the workspace. */
  folder: string | null
  name: string
  body: Readable
  mostBytes: number
  /** Refuses a file by a throw; it is gone then. */
  check: (path: string) => Promise<unknown>
}): Promise<{ path: string }> {
  const { client, body, name, mostBytes, check } = options
  requireFileName(name)
  // Whether the folder may be written to is for the host to say.
  const { folder } = await client.files.list({ folder: options.folder })
  const temporaryPath = join(folder, `.${randomUUID()}.upload`)
  try {
    await pipeline(body, limitTo(mostBytes), createWriteStream(temporaryPath, { flags: 'wx', mode: 0o600 }))
    const ending = extname(name)
    const path = await freePath(folder, basename(name, ending), ending)
    await rename(temporaryPath, path)
    await check(path).catch(async (refusal: unknown) => {
      await rm(path, { force: true })
      throw refusal
    })
    return { path }
  } catch (cause) {
    if (cause instanceof PipewrightError) throw cause
    throw httpError('not-stored', { name, problem: reasonOfFailure(cause) }, { cause })
  } finally {
    await rm(temporaryPath, { force: true })
  }
}

function requireFileName(name: string): void {
  const isName =
    name.length > 0 &&
    name.length <= 200 &&
    !name.startsWith('.') &&
    !/[/\\:*?"<>|]/.test(name) &&
    !/\p{Cc}/u.test(name)
  if (!isName) throw httpError('bad-name', { name })
}

function limitTo(mostBytes: number) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) throw httpError('too-large', { limit: Math.floor(mostBytes / 1024 ** 3) })
      yield chunk
    }
  }
}
