import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBudgetTokens, type BudgetTokens } from '../../../src/engine/budget.ts'
import type { Viewer } from '../../../src/viewing/open-viewer.ts'
import { openSketchAhead, type SketchAhead } from '../../../src/viewing/sketch-ahead.ts'

const never = new AbortController().signal

describe('sketches made ahead', () => {
  let tokens: BudgetTokens
  let ahead: SketchAhead
  let asked: { table: string; signal: AbortSignal; end: (error?: Error) => void }[]
  let made: Set<string>

  beforeEach(() => {
    vi.useFakeTimers()
    tokens = createBudgetTokens({ cores: 2, memoryMb: 100 })
    asked = []
    made = new Set()
    const call = (_: string, request: unknown, signal?: AbortSignal) =>
      new Promise<unknown>((resolve, reject) => {
        const { artifact } = request as { artifact: string }
        asked.push({
          table: artifact,
          signal: signal!,
          end: (error) => (error ? reject(error) : resolve({})),
        })
        signal!.addEventListener('abort', () => reject(signal!.reason as Error))
      })
    const viewer: Viewer = { call: call as Viewer['call'], warm: () => {}, close: () => {} }
    ahead = openSketchAhead({ viewer, cores: tokens.spare, isMade: (table) => made.has(table) })
  })
  afterEach(() => {
    ahead.close()
    vi.useRealTimers()
  })
  const tables = (): string[] => asked.map(({ table }) => table)
  const pass = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000)

  it('come one after the other, each once', async () => {
    ahead.start()
    ahead.add(['a', 'b', 'a'])
    await pass()
    expect(tables()).toEqual(['a'])
    asked[0]!.end()
    await pass()
    expect(tables()).toEqual(['a', 'b'])
  })

  it('are not made before somebody is there to look', async () => {
    ahead.add(['a'])
    ahead.start()
    await pass()
    expect(tables()).toEqual([])
  })

  it('wait for the end of what uses all cores', async () => {
    ahead.start()
    const share = await tokens.take({ signal: never })
    ahead.add(['a'])
    await pass()
    expect(tables()).toEqual([])
    share.release()
    await pass()
    expect(tables()).toEqual(['a'])
  })

  it('are given up when a step needs the cores, and made over afterwards', async () => {
    ahead.start()
    ahead.add(['a'])
    await pass()
    const share = await tokens.take({ signal: never })
    expect(asked[0]!.signal.aborted).toBe(true)
    await pass()
    expect(tables()).toEqual(['a'])
    share.release()
    await pass()
    expect(tables()).toEqual(['a', 'a'])
  })

  it('do not begin in the moment between two steps', async () => {
    ahead.start()
    ahead.add(['a'])
    for (let step = 0; step < 20; step++) {
      await vi.advanceTimersByTimeAsync(100)
      const share = await tokens.take({ signal: never })
      await vi.advanceTimersByTimeAsync(100)
      share.release()
    }
    expect(tables()).toEqual([])
  })

  it('go on after a table that cannot be read', async () => {
    ahead.start()
    ahead.add(['broken', 'b'])
    await pass()
    asked[0]!.end(new Error('broken'))
    await pass()
    expect(tables()).toEqual(['broken', 'b'])
  })

  it('leave out tables that have one', async () => {
    made.add('a')
    ahead.start()
    ahead.add(['a', 'b'])
    await pass()
    await pass()
    expect(tables()).toEqual(['b'])
  })
})
