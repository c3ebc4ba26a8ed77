import type { IncomingMessage } from 'node:http'
import type { PipewrightError } from '../../core/errors.ts'
import { serverError } from './errors.ts'

/** Bodies that are being received, of all requests together. */
export interface BodyBudget {
  /** Collects a body of at most so many bytes. `done` is called once. */
  read(
    request: IncomingMessage,
    mostBytes: number,
    done: (error: PipewrightError | null, body?: Buffer) => void,
  ): void
}

/** So that many callers with large bodies cannot take all memory; who comes too much is told to come again. */
const mostBytesTogether = 128 * 1024 * 1024

export function createBodyBudget(): BodyBudget {
  let held = 0
  return {
    read(request, mostBytes, done) {
      const chunks: Buffer[] = []
      let bytes = 0
      let isOver = false
      const end = (errorOf: (() => PipewrightError) | null): void => {
        if (isOver) return
        isOver = true
        held -= bytes
        if (errorOf) done(errorOf())
        else done(null, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes))
      }
      // Most requests close after their end: an error that nobody gets would cost more than reading the body.
      const gone = (): void => end(() => serverError('gone'))
      request.on('data', (chunk: Buffer) => {
        if (isOver) return
        bytes += chunk.length
        held += chunk.length
        if (bytes > mostBytes) return end(() => serverError('too-large', { limit: mostBytes }))
        if (held > mostBytesTogether) return end(() => serverError('busy'))
        chunks.push(chunk)
      })
      request.on('end', () => end(null))
      request.on('error', gone)
      request.on('close', gone)
    },
  }
}
