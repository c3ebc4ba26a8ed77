import { describe, expect, it } from 'vitest'
import type { WorkspaceEvent } from '../../../src/contract/workspace-event.ts'
import { createHappenings } from '../../../src/services/happenings.ts'

const event = (run: string): WorkspaceEvent => ({ event: 'run-finished', at: 1, run, status: 'done' })

describe('whoever listens', () => {
  it('hears what happened between listening and reading', async () => {
    const happenings = createHappenings()
    const events = happenings.follow()
    happenings.tell(event('a'))
    expect((await events.next()).value).toEqual(event('a'))
  })

  it('can leave before reading anything, and while waiting', async () => {
    const happenings = createHappenings()
    const unread = happenings.follow()
    await unread.return()
    const waiting = happenings.follow()
    const next = waiting.next()
    await waiting.return()
    happenings.tell(event('a'))
    expect([await next, await unread.next()].map(({ done }) => done)).toEqual([true, true])
  })

  it('is let go by its signal, though nothing was read', async () => {
    const happenings = createHappenings()
    const stop = new AbortController()
    const events = happenings.follow(stop.signal)
    stop.abort()
    happenings.tell(event('a'))
    expect(await events.next()).toMatchObject({ done: true })
    expect(await happenings.follow(stop.signal).next()).toMatchObject({ done: true })
  })
})
