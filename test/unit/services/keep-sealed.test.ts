import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { keepSealed } from '../../../src/services/secrets/keep-sealed.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipewright-secrets-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('keeps secrets for the next start, and says when the system cannot open one any more', async () => {
  const file = join(folder, 'own', 'secrets.json')
  const seal = {
    file,
    seal: (text: string) => Buffer.from(text).reverse(),
    unseal: (bytes: Buffer) => Buffer.from(bytes.toReversed()).toString(),
  }
  const keeper = keepSealed(seal)
  await Promise.all([keeper.keep('a', 'first'), keeper.keep('b', 'second')])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const later = keepSealed(seal)
  expect(await later.names()).toEqual(['a', 'b'])
  expect([await later.read('b'), await later.read('c')]).toEqual(['second', null])
  await later.forget('a')
  expect(await later.names()).toEqual(['b'])
  const locked = keepSealed({
    ...seal,
    unseal: () => {
      throw new Error('locked')
    },
  })
  await expect(locked.read('b')).rejects.toThrow('The kept secret “b” cannot be read any more')
  writeFileSync(file, 'half a fi')
  expect(await later.names()).toEqual([])
})
