import { fork } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdtemp, open, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { array, assert, asyncProperty, double, record as recordOf, string } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFeedbackLog, readFeedback, type Feedback } from '../../../src/serving/log/feedback-log.ts'
import { keepLog } from '../../../src/serving/log/keep-log.ts'
import { openPredictionLog } from '../../../src/serving/log/prediction-log.ts'
import type { LoggedModel, PredictionRecord } from '../../../src/serving/log/prediction-record.ts'
import { newestPredictions, readPredictions } from '../../../src/serving/log/read-predictions.ts'
import { segmentName } from '../../../src/serving/log/segment-name.ts'
import type { LogPosition } from '../../../src/serving/log/read-segment.ts'
import { createPredictionIds, readPredictionId } from '../../../src/serving/prediction-id.ts'

const secret = '5a'.repeat(32)
const ids = createPredictionIds({ secret, deployment: 1, worker: 0 })
const model: LoggedModel = {
  model: 'churn',
  version: 3,
  artifact: 'ab'.repeat(32),
  role: 'live',
  inputs: [
    { name: 'tenure', type: 'integer' },
    { name: 'city', type: 'text' },
  ],
  outputs: [
    { name: 'label', type: 'text', width: 1 },
    { name: 'probabilities', type: 'float32', width: 2 },
    { name: 'value', type: 'float64', width: 1 },
  ],
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prediction-log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const openLog = (options: { share?: number; worker?: number; into?: string } = {}) =>
  openPredictionLog({
    folder: options.into ?? folder,
    worker: options.worker ?? 0,
    share: options.share ?? 1,
    onError: () => undefined,
  })

function record(time: number, rows: readonly { tenure: number; city: string }[]): PredictionRecord {
  return {
    model,
    time,
    latencySeconds: 0.5,
    requestId: `request-${time}`,
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    predictionIds: rows.map(() => ids.next({ version: 3, artifact: model.artifact, time })),
    firstRow: 0,
    inputs: {
      rows: rows.length,
      columns: {
        tenure: Float64Array.from(rows, ({ tenure }) => tenure),
        city: rows.map(({ city }) => city),
      },
    },
    outputs: {
      label: rows.map(({ tenure }) => (tenure > 1 ? 'yes' : 'no')),
      probabilities: Float32Array.from(rows.flatMap(({ tenure }) => [tenure, 1 - tenure])),
      value: Float64Array.from(rows, ({ tenure }) => tenure * 2),
    },
  }
}
const one = (time: number) => record(time, [{ tenure: time, city: 'Bonn' }])

async function allRecords(after?: LogPosition) {
  const records: PredictionRecord[] = []
  let position: LogPosition = after ?? {}
  for await (const part of readPredictions(folder, { after: position })) {
    records.push(...part.records)
    position = part.position
  }
  return { records, position }
}

describe('the prediction log', () => {
  it('gives back every record to the bit, whatever its values', async () => {
    const rows = array(recordOf({ tenure: double(), city: string({ unit: 'grapheme' }) }), {
      maxLength: 20,
    })
    await assert(
      asyncProperty(array(rows, { maxLength: 8 }), async (requests) => {
        const written = requests.map((request, index) => record(index, request))
        const log = openLog()
        for (const each of written) log.append(each)
        await log.close()
        expect((await allRecords()).records).toEqual(written)
        for (const name of await readdir(folder)) await rm(join(folder, name))
      }),
      { numRuns: 30 },
    )
  })

  it('takes the rows of one request out of a batch of several', async () => {
    const batch = record(
      5,
      Array.from({ length: 6 }, (_, index) => ({ tenure: index, city: `city ${index}` })),
    )
    const log = openLog()
    log.append({
      ...batch,
      firstRow: 2,
      predictionIds: batch.predictionIds.slice(2, 5),
      inputs: { rows: 3, columns: batch.inputs.columns },
    })
    await log.close()
    const [read] = (await allRecords()).records
    expect(read!.inputs.columns['city']).toEqual(['city 2', 'city 3', 'city 4'])
    expect(read!.outputs['probabilities']).toEqual(Float32Array.of(2, -1, 3, -2, 4, -3))
    expect(read!.outputs['label']).toEqual(['yes', 'yes', 'yes'])
  })

  it('is read on from where an earlier reading ended, while it is written', async () => {
    const log = openLog()
    log.append(one(1))
    await log.flush()
    const first = await allRecords()
    log.append(one(2))
    log.append(one(3))
    await log.flush()
    const second = await allRecords(first.position)
    expect(first.records.map(({ time }) => time)).toEqual([1])
    expect(second.records.map(({ time }) => time)).toEqual([2, 3])
    expect((await allRecords(second.position)).records).toEqual([])
    await log.close()
  })

  it('leaves out a block that was torn off or changed, and keeps those before it', async () => {
    const log = openLog()
    log.append(one(1))
    await log.flush()
    const [name] = await readdir(folder)
    const path = join(folder, name!)
    const { size } = await stat(path)
    log.append(one(2))
    await log.close()
    const whole = (await stat(path)).size

    await truncate(path, whole - 5)
    expect((await allRecords()).records.map(({ time }) => time)).toEqual([1])
    await truncate(path, size)
    await appendFile(path, Buffer.from([200, 0, 0, 0, 1, 2]))
    expect((await allRecords()).records.map(({ time }) => time)).toEqual([1])
    const file = await open(path, 'r+')
    await file.write(Buffer.from([255]), 0, 1, size - 3)
    await file.close()
    expect((await allRecords()).records).toEqual([])
  })

  it('loses no more than 200 ms of a process that is killed, and no record is torn', async () => {
    const child = fork(join(import.meta.dirname, 'fixtures/write-predictions.ts'), [folder])
    const [told] = (await once(child, 'message')) as [{ written: number }]
    await sleep(300)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { records } = await allRecords()
    expect(records.length).toBeGreaterThanOrEqual(told.written)
    expect(records.map(({ time }) => time)).toEqual(records.map((_, index) => index))
  })

  it('gives the newest of several processes first, and only those that match', async () => {
    const logs = [openLog({ worker: 0 }), openLog({ worker: 1 })]
    for (let time = 0; time < 40; time += 1) logs[time % 2]!.append(one(time))
    await Promise.all(logs.map((log) => log.close()))
    const newest = await newestPredictions(folder, { limit: 3 })
    const matching = await newestPredictions(folder, {
      limit: 2,
      until: 30,
      matches: ({ time }) => time % 5 === 0,
    })
    expect(newest.map(({ time }) => time)).toEqual([39, 38, 37])
    expect(matching.map(({ time }) => time)).toEqual([30, 25])
  })

  it('logs the share that was asked for', async () => {
    const log = openLog({ share: 0.25 })
    for (let time = 0; time < 4000; time += 1) log.append(one(time))
    await log.close()
    const { records } = log.statistics()
    // Six standard deviations.
    expect(Math.abs(records - 1000)).toBeLessThan(6 * Math.sqrt(4000 * 0.25 * 0.75))
    expect((await allRecords()).records).toHaveLength(records)
  })

  it('counts what a disk did not take, and goes on when it does again', async () => {
    const into = join(folder, 'log')
    await writeFile(into, 'in the way')
    const log = openLog({ into })
    log.append(one(1))
    await log.flush()
    expect(log.statistics()).toMatchObject({ records: 0, dropped: 1 })
    await rm(into)
    log.append(one(2))
    await log.close()
    expect((await newestPredictions(into, { limit: 9 })).map(({ time }) => time)).toEqual([2])
  })

  it('leaves out a record that cannot be written, and no other', async () => {
    const log = openLog()
    log.append(one(1))
    log.append({ ...one(2), inputs: { rows: 1, columns: { tenure: Float64Array.of(1) } } })
    log.append(one(3))
    await log.close()
    expect((await allRecords()).records.map(({ time }) => time)).toEqual([1, 3])
    expect(log.statistics()).toMatchObject({ records: 2, dropped: 1 })
  })

  it('deletes what is too old or too much, but nothing that may still be written to', async () => {
    const now = Date.now()
    const day = 86_400_000
    for (const daysAgo of [40, 20, 10, 0]) {
      const time = now - daysAgo * day
      const path = join(folder, segmentName({ kind: 'predictions', startedAt: time, worker: 0 }))
      await writeFile(path, 'x'.repeat(100))
      await utimes(path, new Date(time), new Date(time))
    }
    const keep = (keepDays: number, keepMb: number) =>
      keepLog({ folder, kind: 'predictions', keepDays, keepMb, now })
    expect(await keep(30, 1)).toMatchObject({ deleted: 1 })
    expect(await keep(30, 0.0001)).toMatchObject({ deleted: 2 })
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('is not read where all is older than what is wanted', async () => {
    const log = openLog()
    log.append(record(1, [{ tenure: 1, city: 'Jena' }]))
    await log.close()
    const times = async (from: number): Promise<number[]> => {
      const found: number[] = []
      for await (const { records } of readPredictions(folder, { from }))
        found.push(...records.map(({ time }) => time))
      return found
    }
    expect(await times(Date.now())).toEqual([1])
    expect(await times(Date.now() + 3 * 3_600_000)).toEqual([])
  })

  it('keeps none that is older than one it has no room for', async () => {
    const now = Date.now()
    for (const [daysAgo, bytes] of [
      [30, 10],
      [20, 2_000],
      [10, 100],
    ] as const) {
      const startedAt = now - daysAgo * 86_400_000
      const path = join(folder, segmentName({ kind: 'predictions', startedAt, worker: 0 }))
      await writeFile(path, 'x'.repeat(bytes))
      await utimes(path, new Date(startedAt), new Date(startedAt))
    }
    const kept = await keepLog({ folder, kind: 'predictions', keepDays: 90, keepMb: 0.001, now })
    expect(kept).toEqual({ deleted: 2, keptBytes: 100 })
  })
})

describe('the feedback log', () => {
  it('has taken what it says it took', async () => {
    const log = openFeedbackLog({ folder, worker: 0, onError: () => undefined })
    const said: Feedback[] = [
      { predictionId: 'a', label: 'yes', time: 1, source: 'crm', comment: 'line\nbreak' },
      { predictionId: 'b', isRight: false, time: 2 },
      { predictionId: 'c', score: 0.5, time: 3 },
    ]
    for (const each of said) await log.append(each)
    const read: Feedback[] = []
    for await (const { feedback } of readFeedback(folder)) read.push(...feedback)
    expect(read).toEqual(said)
    await log.close()
  })

  it('says so when the disk does not take it', async () => {
    const into = join(folder, 'log')
    await writeFile(into, 'in the way')
    const log = openFeedbackLog({ folder: into, worker: 0, onError: () => undefined })
    await expect(log.append({ predictionId: 'a', isRight: true, time: 1 })).rejects.toThrow(/EEXIST|ENOTDIR/)
  })
})

describe('prediction ids', () => {
  it('say what they belong to, to who has the secret', () => {
    const origin = {
      deployment: 40_000,
      version: 4_000_000_000,
      artifact: '00c0ffee',
      time: 1_795_186_371_483,
      worker: 255,
    }
    const given = createPredictionIds({ secret, ...origin }).next(origin)
    expect(given).toMatch(/^[\w-]{40}$/)
    expect(readPredictionId(given, secret)).toEqual(origin)
    expect(readPredictionId(given, '5b'.repeat(32))).toBeNull()
  })

  it('are told from texts that were never given out', () => {
    const given = ids.next({ version: 3, artifact: model.artifact, time: 1 })
    const places = Array.from(given, (_, index) => index)
    const changed = places.map((place) => {
      const other = given[place] === 'A' ? 'Q' : 'A'
      return readPredictionId(given.slice(0, place) + other + given.slice(place + 1), secret)
    })
    expect(changed.every((origin) => origin === null)).toBe(true)
    for (const text of ['', 'x', given.slice(1), `${given}A`, '?'.repeat(40)])
      expect(readPredictionId(text, secret)).toBeNull()
  })

  it('are all different, and each is signed, however many rows are answered together', () => {
    const answer = { version: 1, artifact: model.artifact, time: 5 }
    const given = [
      ...Array.from({ length: 1000 }, () => ids.next(answer)),
      ...[0, 1, 127, 128, 129, 300].flatMap((rows) => {
        const many = ids.many(answer, rows)
        expect(many).toHaveLength(rows)
        return many
      }),
    ]
    expect(new Set(given).size).toBe(given.length)
    const expected = { deployment: 1, version: 1, artifact: model.artifact.slice(0, 8), time: 5, worker: 0 }
    expect(given.map((id) => readPredictionId(id, secret))).toEqual(given.map(() => expected))
  })

  it('cannot be made from others that were given out with them', () => {
    const [one, other] = ids.many({ version: 1, artifact: model.artifact, time: 5 }, 2)
    const bytes = [one!, other!].map((id) => Buffer.from(id, 'base64url'))
    const mixed = Buffer.concat([bytes[0]!.subarray(0, 22), bytes[1]!.subarray(22)]).toString('base64url')
    expect(readPredictionId(mixed, secret)).toBeNull()
  })

  it('are signed by SHAKE256 of the secret and themselves, without the last bits of their number', () => {
    const given = ids.many({ version: 3, artifact: model.artifact, time: 7 }, 40)
    const bytes = Buffer.from(given[33]!, 'base64url')
    const body = Buffer.from(bytes.subarray(0, 22))
    expect(body[21]! % 128).toBe(33)
    body[21]! -= 33
    const digest = createHash('shake256', { outputLength: 34 * 8 })
      .update(Buffer.from(secret, 'hex'))
      .update(body)
      .digest()
    expect(bytes.subarray(22)).toEqual(digest.subarray(33 * 8))
  })

  it('are known that were given out before, signed as RFC 2104 says', () => {
    const body = Buffer.from('01000a0000000300c0ffee0000000000070300000000', 'hex')
    const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(body).digest()
    const earlier = (bytes: Buffer): string =>
      Buffer.concat([body, bytes.subarray(0, 8)]).toString('base64url')
    const origin = { deployment: 10, version: 3, artifact: '00c0ffee', time: 7, worker: 3 }
    expect(readPredictionId(earlier(signature), secret)).toEqual(origin)
    expect(readPredictionId(earlier(signature.subarray(1)), secret)).toBeNull()
  })
})
