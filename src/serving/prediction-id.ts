import { createHmac, hash, timingSafeEqual } from 'node:crypto'

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
  next(answer: IdentifiedAnswer): string
  /** One for each row that was answered together. */
  many(answer: IdentifiedAnswer, rows: number): string[]
}

export interface IdentifiedAnswer {
  version: number
  artifact: string
  time: number
}

const format = 2
/** Signed one by one, by HMAC-SHA-256. */
const earlierFormat = 1
/** Bytes: format 1, deployment 2, version 4, artifact 4, time 6, worker 1, sequence 4. */
const bodyBytes = 22
const sequenceAt = 18
const signatureBytes = 8
export const predictionIdBytes = bodyBytes + signatureBytes

/** Ids whose sequence numbers differ in the last bits alone get their signatures from one digest. */
const signedTogether = 128
/** What the ids of one answer have in common, and each has for itself; both are whole groups of base64. */
const commonBytes = sequenceAt
const ownBytes = predictionIdBytes - commonBytes
const ownCharacters = (ownBytes * 4) / 3

/** `secret` is the workspace's, in hexadecimal; no two live processes of a deployment share a worker number. */
export function createPredictionIds(options: {
  secret: string
  deployment: number
  worker: number
}): PredictionIds {
  const { secret, deployment, worker } = options
  const sign = signerOfMany(secret)
  const body = Buffer.alloc(bodyBytes)
  body.writeUInt8(format, 0)
  body.writeUInt16BE(deployment, 1)
  body.writeUInt8(worker, 17)
  // A process that follows another within a millisecond gives out other ids.
  let sequence = Math.floor(Math.random() * (2 ** 32 / signedTogether)) * signedTogether
  const addSome = (ids: string[], common: string, rows: number): void => {
    body.writeUInt32BE(sequence, sequenceAt)
    const signatures = sign(body, rows)
    const own = Buffer.allocUnsafe(rows * ownBytes)
    for (let row = 0; row < rows; row++) {
      own.writeUInt32BE(sequence + row, row * ownBytes)
      signatures.copy(own, row * ownBytes + 4, row * signatureBytes, (row + 1) * signatureBytes)
    }
    const text = own.toString('base64url')
    for (let at = 0; at < text.length; at += ownCharacters)
      ids.push(common + text.slice(at, at + ownCharacters))
    sequence = (sequence + signedTogether) % 2 ** 32
  }
  const many: PredictionIds['many'] = ({ version, artifact, time }, rows) => {
    body.writeUInt32BE(version, 3)
    body.writeUInt32BE(Number.parseInt(artifact.slice(0, 8), 16), 7)
    body.writeUIntBE(time, 11, 6)
    const common = body.toString('base64url', 0, commonBytes)
    const ids: string[] = []
    while (ids.length < rows) addSome(ids, common, Math.min(signedTogether, rows - ids.length))
    return ids
  }
  return { many, next: (answer) => many(answer, 1)[0]! }
}

/** What an id says, or null for a text that this workspace never gave out. */
export function readPredictionId(text: string, secret: string): PredictionOrigin | null {
  if (!/^[\w-]{40}$/.test(text)) return null
  const id = Buffer.from(text, 'base64url')
  const expected = signatureOf(id, secret)
  if (!expected || !timingSafeEqual(expected, id.subarray(bodyBytes))) return null
  return {
    deployment: id.readUInt16BE(1),
    version: id.readUInt32BE(3),
    artifact: id.toString('hex', 7, 11),
    time: id.readUIntBE(11, 6),
    worker: id.readUInt8(17),
  }
}

/** Null for a format that there is not. */
function signatureOf(id: Buffer, secret: string): Buffer | null {
  const body = Buffer.from(id.subarray(0, bodyBytes))
  if (body[0] === earlierFormat)
    return createHmac('sha256', Buffer.from(secret, 'hex')).update(body).digest().subarray(0, signatureBytes)
  if (body[0] !== format) return null
  const sequence = body.readUInt32BE(sequenceAt)
  const place = sequence % signedTogether
  body.writeUInt32BE(sequence - place, sequenceAt)
  return signerOfMany(secret)(body, place + 1).subarray(place * signatureBytes)
}

/**
 * The signatures of a body and of those that follow it in the sequence, end to end: as many bytes of SHAKE256 (FIPS 202)
 * of the secret and the body as are needed. Other than with SHA-2, such a digest of a secret and a text signs the text,
 * and a hundred signatures cost as much as two.
 */
function signerOfMany(secret: string): (body: Buffer, count: number) => Buffer {
  const key = Buffer.from(secret, 'hex')
  const text = Buffer.alloc(key.length + bodyBytes)
  key.copy(text)
  return (body, count) => {
    body.copy(text, key.length)
    return hash('shake256', text, { outputEncoding: 'buffer', outputLength: count * signatureBytes })
  }
}

/** Epoch ms of the answer that an id was given to, which is known to be one. */
export const timeOfPredictionId = (id: string): number => Buffer.from(id, 'base64url').readUIntBE(11, 6)
