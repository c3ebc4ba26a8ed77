import { describe, expect, it } from 'vitest'
import { monitorSpecSchema } from '../../../../src/core/monitor.ts'
import { createDueBook } from '../../../../src/monitoring/monitors/due.ts'

const spec = monitorSpecSchema.parse({ window: { kind: 'rows', rows: 100 } })
const open = [{ version: 'churn:1', rows: 40, firstAt: 0 }]

describe('whether there is something to measure', () => {
  it('is so at first, then when a window may be full, or something was said', () => {
    const book = createDueBook()
    let time = 0
    const at = (answered: number | null, said = 0) =>
      book.isDue('churn', { at: (time += 20_000), answered, said }, { spec, open })
    expect([at(10), at(50), at(70), at(70), at(71, 9), at(71, 9), at(null, 9), at(null, 9)]).toEqual([
      true,
      false,
      true,
      // What was answered shortly before the last time may not have been in the log then.
      false,
      true,
      false,
      true,
      false,
    ])
  })

  it('is not so again at once', () => {
    const book = createDueBook()
    const at = (time: number) => book.isDue('churn', { at: time, answered: time, said: time }, { spec, open })
    expect([at(0), at(5_000), at(10_000), at(15_000)]).toEqual([true, false, false, true])
  })

  it('is so once a span of time is over in which something was answered', () => {
    const book = createDueBook()
    const byMinute = monitorSpecSchema.parse({ window: { kind: 'time', minutes: 1 } })
    const at = (ms: number, answered: number) =>
      book.isDue('churn', { at: ms, answered, said: 0 }, { spec: byMinute, open: [] })
    expect([at(0, 0), at(30_000, 5), at(60_000, 5), at(90_000, 5), at(120_000, 5), at(180_000, 5)]).toEqual([
      true,
      false,
      true,
      false,
      // Nothing was answered since.
      false,
      false,
    ])
  })
})
