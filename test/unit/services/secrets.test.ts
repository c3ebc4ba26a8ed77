import { expect, test } from 'vitest'
import { secretNamed } from '../../../src/core/secret-reference.ts'
import { openSecrets } from '../../../src/services/secrets/open-secrets.ts'
import { keepForSession } from '../../../src/services/secrets/secret-keeper.ts'

test('knows a reference from a text that only holds one', () => {
  expect(['secret:warehouse', 'secret:chat-hook_2'].map(secretNamed)).toEqual(['warehouse', 'chat-hook_2'])
  expect(
    ['secret:', 'secret:A', 'https://x/?key=secret:a', 'secret:a b', ' secret:a'].map(secretNamed),
  ).toEqual(Array<null>(5).fill(null))
})

test('takes what the environment gives before what is kept', async () => {
  const secrets = openSecrets(keepForSession(), { PIPEWRIGHT_SECRET_CHAT_HOOK: 'outside', PATH: '/bin' })
  await secrets.keep('warehouse', 'inside')
  expect(await secrets.list()).toEqual([
    { name: 'chat_hook', from: 'environment' },
    { name: 'warehouse', from: 'kept' },
  ])
  expect(await secrets.read('chat-hook')).toBe('outside')
  expect(await secrets.read('warehouse')).toBe('inside')
  expect(await secrets.read('nobody')).toBe(null)
  await expect(secrets.keep('chat-hook', 'other')).rejects.toThrow(
    'The secret “chat-hook” is given by the environment variable PIPEWRIGHT_SECRET_CHAT_HOOK.',
  )
})
