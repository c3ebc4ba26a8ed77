import { hash, timingSafeEqual } from 'node:crypto'

/** What a prediction id says of itself, so that feedback finds its place even when the record is lost. */
export interface PredictionOrigin {
  /** Number of the deployment in its workspace. */
  deployment: number
  /** Version of the model; 0 for an answer that no version gave. */
  version: number
  /** First eight hexadecimal digits of the model's artifact. */
  artifact: string
  /** Epoch ms of the answer. */
  time: number
  worker: number
}

/** Hands out prediction ids: 40 characters that can stand in addresses and file names. */
export interface PredictionIds {
  next(answer: { version: number; artifact: string; time: number }): string
}

const format = 1
/** Bytes: format 1, deployment 2, version 4, artifact 4, time 6, worker 1, sequence 4. */
const bodyBytes = 22
const signatureBytes = 8
export const predictionIdBytes = bodyBytes + signatureBytes

/** `secret` is the workspace's, in hexadecimal; no two live processes of a deployment share a worker number. */
export function createPredictionIds(options: {
  secret: string
  deployment: number
  worker: number
}): PredictionIds {
  const { secret, deployment, worker } = options
  const sign = signer(secret)
  const id = Buffer.alloc(predictionIdBytes)
  id.writeUInt8(format, 0)
  id.writeUInt16BE(deployment, 1)
  id.writeUInt8(worker, 17)
  // A process that follows another within a millisecond gives out other ids.
  let sequence = Math.floor(Math.random() * 2 ** 32)
  return {
    next({ version, artifact, time }) {
      id.writeUInt32BE(version, 3)
      id.writeUInt32BE(Number.parseInt(artifact.slice(0, 8), 16), 7)
      id.writeUIntBE(time, 11, 6)
      id.writeUInt32BE(sequence, 18)
      sequence = (sequence + 1) % 2 ** 32
      sign(id).copy(id, bodyBytes, 0, signatureBytes)
      return id.toString('base64url')
    },
  }
}

/** What an id says, or null for a text that this workspace never gave out. */
export function readPredictionId(text: string, secret: string): PredictionOrigin | null {
  if (!/^[\w-]{40}$/.test(text)) return null
  const id = Buffer.from(text, 'base64url')
  const expected = signer(secret)(id).subarray(0, signatureBytes)
  if (!timingSafeEqual(expected, id.subarray(bodyBytes)) || id.readUInt8(0) !== format) return null
  return {
    deployment: id.readUInt16BE(1),
    version: id.readUInt32BE(3),
    artifact: id.toString('hex', 7, 11),
    time: id.readUIntBE(11, 6),
    worker: id.readUInt8(17),
  }
}

/** Epoch ms of the answer that an id was given to, which is known to be one. */
export const timeOfPredictionId = (id: string): number => Buffer.from(id, 'base64url').readUIntBE(11, 6)

const blockBytes = 64
const digestBytes = 32

/**
 * HMAC-SHA-256 (RFC 2104) of the body of an id. Two one-shot digests over blocks made once take a quarter of the time
 * of an `Hmac` object for each id.
 */
function signer(secret: string): (id: Buffer) => Buffer {
  const key = Buffer.from(secret, 'hex')
  const inner = Buffer.alloc(blockBytes + bodyBytes, 0x36)
  const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c)
  key.forEach((byte, index) => {
    inner[index]! ^= byte
    outer[index]! ^= byte
  })
  return (id) => {
    id.copy(inner, blockBytes, 0, bodyBytes)
    hash('sha256', inner, 'buffer').copy(outer, blockBytes)
    return hash('sha256', outer, 'buffer')
  }
}
