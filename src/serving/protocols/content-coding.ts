import { promisify } from 'node:util'
import { deflate, gunzip, gzip, inflate } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { serverError } from '../server/errors.ts'
import { protocolError } from './errors.ts'

const coders = {
  gzip: { encode: promisify(gzip), decode: promisify(gunzip) },
  // The structure of zlib, as HTTP means it.
  deflate: { encode: promisify(deflate), decode: promisify(inflate) },
}
type Coding = keyof typeof coders

/** The bytes of a request's body as they were before they were compressed. */
export async function readBody(request: FastifyRequest, mostBytes: number): Promise<Uint8Array> {
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  const coding = request.headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (coding === '' || coding === 'identity') return body
  if (!isCoding(coding)) throw serverError('wrong-encoding', { given: coding })
  try {
    return await coders[coding].decode(body, { maxOutputLength: mostBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw serverError('too-large', { limit: mostBytes }, { cause })
    throw protocolError('bad-body', { problem: `it is not compressed as ${coding}` }, { cause })
  }
}

/** Sends an answer, compressed where the caller asks for it. */
export async function sendBody(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Uint8Array,
): Promise<FastifyReply> {
  const coding = wantedCoding(request.headers['accept-encoding'])
  reply.header('vary', 'accept-encoding')
  if (!coding) return reply.send(body)
  return reply.header('content-encoding', coding).send(await coders[coding].encode(body))
}

/** The coding with the highest quality value, gzip before deflate (RFC 9110, 12.5.3). */
function wantedCoding(accepted: string | string[] | undefined): Coding | null {
  const wishes = new Map(
    String(accepted ?? '')
      .split(',')
      .map((wish): [string, number] => {
        const [coding = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase())
        const quality = parameters.find((parameter) => parameter.startsWith('q='))
        return [coding, quality === undefined ? 1 : Number(quality.slice(2))]
      }),
  )
  const qualityOf = (coding: string): number => wishes.get(coding) ?? 0
  const [best] = (['gzip', 'deflate'] as const).toSorted((one, other) => qualityOf(other) - qualityOf(one))
  return best && qualityOf(best) > 0 && qualityOf(best) >= qualityOf('identity') ? best : null
}

function isCoding(text: string): text is Coding {
  return Object.hasOwn(coders, text)
}
