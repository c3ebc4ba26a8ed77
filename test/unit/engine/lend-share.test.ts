import { describe, expect, it } from 'vitest'
import { createBudgetTokens } from '../../../src/engine/budget.ts'
import { lendShare } from '../../../src/engine/lend-share.ts'

const { signal } = new AbortController()

async function lendable(cores: number) {
  const tokens = createBudgetTokens({ cores, memoryMb: 1000 })
  const take = () => tokens.take({ signal })
  return { tokens, share: lendShare(await take(), take) }
}

/** Work that ends when it is told to. */
function openWork() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { work: () => promise, end: resolve }
}

describe('a share that is lent out', () => {
  it('is taken back once, though works end one after the other while it is waited for', async () => {
    const { tokens, share } = await lendable(2)
    const first = openWork()
    const lent = share.whileWaiting(first.work)
    const other = await tokens.take({ signal })
    first.end()
    await Promise.resolve()
    const second = share.whileWaiting(async () => {})
    await Promise.resolve()
    other.release()
    await Promise.all([lent, second])
    share.release()
    expect((await tokens.take({ signal })).threads).toBe(2)
  })

  it('is free for others while any work goes on', async () => {
    const { tokens, share } = await lendable(1)
    const works = [openWork(), openWork()] as const
    const lent = works.map(({ work }) => share.whileWaiting(work))
    works[0].end()
    const other = await tokens.take({ signal })
    other.release()
    works[1].end()
    await Promise.all(lent)
    share.release()
    expect((await tokens.take({ signal })).threads).toBe(1)
  })
})
