import { describe, expect, it } from 'vitest'
import { createBudgetTokens, defaultBudget } from '../../../src/engine/budget.ts'

const never = new AbortController().signal

describe('the budget', () => {
  it('gives everything to a step that is alone', async () => {
    const share = await createBudgetTokens({ cores: 8, memoryMb: 800 }).take({ signal: never })
    expect(share).toMatchObject({ threads: 8, memoryMb: 800 })
  })

  it('divides cores and memory among steps that ask together, without handing out more than there is', async () => {
    const tokens = createBudgetTokens({ cores: 8, memoryMb: 800 })
    const shares = await Promise.all([1, 2, 3].map(() => tokens.take({ signal: never })))
    expect(shares.map(({ threads, memoryMb }) => [threads, memoryMb])).toEqual([
      [2, 200],
      [3, 300],
      [3, 300],
    ])
  })

  it('lets the rest wait until a core is free, first come first served', async () => {
    const tokens = createBudgetTokens({ cores: 2, memoryMb: 100 })
    const order: string[] = []
    const take = async (name: string) => {
      const share = await tokens.take({ signal: never })
      order.push(name)
      return share
    }
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(take)
    ;(await a)!.release()
    ;(await b)!.release()
    await Promise.all([c, d])
    expect(order).toEqual(['a', 'b', 'c', 'd'])
  })

  it('says once that only other runs have the cores', async () => {
    const tokens = createBudgetTokens({ cores: 2, memoryMb: 100 })
    const [one, other] = [{}, {}]
    const said: string[] = []
    const take = (name: string, owner: object) =>
      tokens.take({ signal: never, owner, onWaitForOthers: () => void said.push(name) })
    const first = await take('first', one)
    expect(first.threads).toBe(2)
    const own = take('own', one)
    const waiting = take('waiting', other)
    await Promise.resolve()
    expect(said).toEqual(['waiting'])
    first.release()
    await Promise.all([own, waiting])
    expect(said).toEqual(['waiting'])
  })

  it('keeps to the most threads that a step may have', async () => {
    const tokens = createBudgetTokens({ cores: 4, memoryMb: 400 })
    const first = await tokens.take({ signal: never, maxThreads: 1 })
    const second = await tokens.take({ signal: never })
    expect([first.threads, second.threads]).toEqual([1, 3])
  })

  it('forgets a request whose run was cancelled, and a second release', async () => {
    const tokens = createBudgetTokens({ cores: 1, memoryMb: 100 })
    const held = await tokens.take({ signal: never })
    const cancel = new AbortController()
    const waiting = tokens.take({ signal: cancel.signal })
    cancel.abort(new Error('cancelled'))
    await expect(waiting).rejects.toThrow('cancelled')
    held.release()
    held.release()
    expect((await tokens.take({ signal: never })).threads).toBe(1)
    await expect(tokens.take({ signal: cancel.signal })).rejects.toThrow('cancelled')
  })

  it('is all cores and a part of the memory by default', () => {
    const { cores, memoryMb } = defaultBudget()
    expect(cores).toBeGreaterThanOrEqual(1)
    expect(memoryMb).toBeGreaterThan(100)
  })

  it('tells who watches which cores no step has', async () => {
    const tokens = createBudgetTokens({ cores: 3, memoryMb: 300 })
    const seen: number[] = []
    const stop = tokens.spare.watch(() => seen.push(tokens.spare.count))
    const share = await tokens.take({ signal: never, maxThreads: 2 })
    share.release()
    share.release()
    stop()
    await tokens.take({ signal: never })
    expect(seen).toEqual([1, 3])
    expect(tokens.spare.count).toBe(0)
  })
})
