import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sniffOnce } from '../../../src/tables/read-file/last-sniff.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipewright-sniff-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('looks at a file once as long as it stays the same, and at one just written each time', async () => {
  const path = join(folder, 'shops.csv')
  let looks = 0
  const look = async (options = {}) =>
    sniffOnce({ node: 'shops' }, { path, ...options }, async () => Promise.resolve(++looks))
  await writeFile(path, 'shop\nJena\n')
  expect([await look(), await look()]).toEqual([1, 2])
  await delay(1_050)
  expect([await look(), await look(), await look({ header: false })]).toEqual([3, 3, 4])
  await appendFile(path, 'Gera\n')
  await delay(1_050)
  expect([await look(), await look()]).toEqual([5, 5])
})
