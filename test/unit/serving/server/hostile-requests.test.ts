import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { newestPredictions } from '../../../../src/serving/log/read-predictions.ts'
import { bombard, bombardToPlateau } from '../../../fixtures/serving/bombard.ts'
import { forkServer } from '../../../fixtures/serving/fork-server.ts'
import { memberRecords } from '../../../fixtures/serving/members.ts'
import { writePackage } from '../../../fixtures/serving/model-server.ts'
import { trainSmallModel } from '../../../fixtures/serving/small-endpoint.ts'

const mostGrowth = 50 * 2 ** 20

it('refuses 1 000 hostile requests without failing, growing, or losing a good one; killed, its log is whole', async () => {
  const version = await writePackage(await trainSmallModel(), { model: 'members', version: 1 })
  const server = await forkServer(version)
  const over = new AbortController()
  const good = askInTurn(`http://127.0.0.1:${server.port}/predict`, over.signal)
  const before = await bombardToPlateau(server)
  const statuses = await bombard(server.port, { requests: 1_000, seed: 2 })
  const after = await server.statistics()
  const memoryAfter = Math.min(after.residentBytes, (await server.statistics()).residentBytes)
  expect(server.exitCode).toBeNull()
  expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([])
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['400', '404', '413', '415', '422', '431']))
  expect(memoryAfter - before).toBeLessThan(mostGrowth)
  // The good one that is asked all along, and what is left of the last hostile ones for a moment.
  await expect.poll(async () => (await server.statistics()).queueDepth).toBeLessThanOrEqual(1)

  await server.kill()
  over.abort()
  const answered = await good
  expect(answered.length).toBeGreaterThan(20)
  expect(new Set(answered)).toEqual(new Set([200]))
  const records = await newestPredictions(server.logFolder, { limit: 100_000 })
  const complete = records.every(
    ({ inputs, outputs }) => Object.keys(inputs.columns).length === 5 && outputs['label'],
  )
  expect(complete).toBe(true)
  await server.stop()
  await rm(version.folder, { recursive: true, force: true })
})

/** The statuses of good requests, one after the other, until the server is gone. */
async function askInTurn(url: string, signal: AbortSignal): Promise<number[]> {
  const statuses: number[] = []
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(memberRecords[0])
  while (!signal.aborted)
    try {
      const answer = await fetch(url, { method: 'POST', headers, body })
      await answer.text()
      statuses.push(answer.status)
    } catch {
      return statuses
    }
  return statuses
}
