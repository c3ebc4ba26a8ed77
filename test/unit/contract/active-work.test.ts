import { expect, it } from 'vitest'
import { createActiveWork } from '../../../src/services/active-work.ts'

it('does not count what was asked for by somebody who is gone', async () => {
  const work = createActiveWork()
  const [mine, other] = [new AbortController(), new AbortController()]
  const unending = new Promise<never>(() => {})
  work.track(unending, mine.signal)
  work.track(unending, other.signal)
  mine.abort()
  expect(work.count).toBe(1)
  other.abort()
  work.track(unending, other.signal)
  expect(work.count).toBe(0)
  await work.settled()
})
