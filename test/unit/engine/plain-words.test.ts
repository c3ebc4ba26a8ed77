import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { engineError } from '../../../src/engine/errors.ts'
import { lostWorkerError } from '../../../src/engine/lost-worker.ts'
import { inPlainWords } from '../../../src/engine/system-error.ts'
import { throttleProgress } from '../../../src/engine/throttle-progress.ts'
import type { Progress } from '../../../src/node-kit/run-context.ts'

describe('errors of the operating system', () => {
  it.each([
    ['ENOSPC', 'engine.disk-full', false],
    ['EDQUOT', 'engine.disk-full', false],
    ['EACCES', 'engine.not-permitted', false],
    ['EROFS', 'engine.not-permitted', false],
    ['EBUSY', 'engine.file-busy', true],
    ['EMFILE', 'engine.too-many-files', true],
    ['EIO', 'engine.disk-error', false],
  ])('%s becomes %s', (code, expected, retryable) => {
    const thrown = Object.assign(new Error('it went wrong'), { code, path: '/data/x' })
    expect(inPlainWords(thrown)).toMatchObject({ code: expected, kind: 'environment', retryable })
  })

  it('leaves alone what it does not know, and what is in words already', () => {
    const unknown = new Error('what')
    const known = engineError('worker-killed')
    expect([inPlainWords(unknown), inPlainWords(known), inPlainWords('text')]).toEqual([
      unknown,
      known,
      'text',
    ])
  })
})

describe('a lost worker', () => {
  const lost = (exit: { code: number | null; signal: string | null; problem?: string }, printed = '') =>
    lostWorkerError({ kind: 'lost', exit, printed })

  it('is told by how it ended and what it printed last', () => {
    const codes = [
      lost({ code: null, signal: 'SIGKILL' }),
      lost({ code: null, signal: 'SIGSEGV' }),
      lost({ code: 134, signal: null }, 'JavaScript heap out of memory'),
      lost({ code: null, signal: 'SIGABRT' }, "terminate called after throwing 'std::bad_alloc'"),
      lost({ code: 1, signal: null }, 'SyntaxError'),
      lost({ code: null, signal: null, problem: 'spawn EAGAIN' }),
    ].map(({ code, retryable }) => [code, retryable])
    expect(codes).toEqual([
      ['engine.worker-killed', true],
      ['engine.worker-crashed', false],
      ['engine.worker-out-of-memory', false],
      ['engine.worker-out-of-memory', false],
      ['engine.worker-crashed', false],
      ['engine.worker-unavailable', true],
    ])
  })
})

describe('every error of the engine', () => {
  it('says what and what to do, in whole sentences', () => {
    for (const entry of Object.values(engineError.entries)) {
      expect(entry.message).toMatch(/^[A-Z{].*[.}]$/)
      expect(entry.remedy).toMatch(/^([A-Z`].*\.|\{\w+\})$/)
    }
    expect(engineError('file-missing', { path: '/x' })).toBeInstanceOf(PipewrightError)
  })
})

describe('progress', () => {
  it('is passed on at once, then at most ten times a second, the latest last', async () => {
    const passed: { rows: number | undefined; at: number }[] = []
    const progress = throttleProgress(({ rows }) => passed.push({ rows, at: performance.now() }))
    for (let rows = 1; rows <= 50; rows++) {
      progress.tell({ rows })
      await delay(5)
    }
    await expect.poll(() => passed.at(-1)!.rows).toBe(50)
    expect(passed[0]!.rows).toBe(1)
    const gaps = passed.slice(1).map(({ at }, index) => at - passed[index]!.at)
    expect(Math.min(...gaps)).toBeGreaterThan(95)
  })

  it('reaches the host from a runner that never yields, and stops with it', async () => {
    const passed: Progress[] = []
    const progress = throttleProgress((now) => passed.push(now))
    const end = performance.now() + 5_000
    while (passed.length < 4 && performance.now() < end) progress.tell({ rows: 1 })
    expect(passed).toHaveLength(4)
    progress.tell({ rows: 2 })
    progress.stop()
    await delay(150)
    expect(passed.at(-1)).toEqual({ rows: 1 })
  })
})
