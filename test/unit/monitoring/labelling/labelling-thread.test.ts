import { expect, it, onTestFinished, vi } from 'vitest'
import { openLabellingThread } from '../../../../src/monitoring/labelling/open-labelling-thread.ts'

it('answers a question that comes while the thread that was not asked for long ends', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const thread = openLabellingThread(() => undefined)
  onTestFinished(() => thread.close())
  const none = { name: 'churn', folder: '/nowhere', artifacts: '/nowhere', model: 'none', shadows: [] }
  const ask = (): Promise<string> =>
    thread.vote({ log: none, functions: [], newest: 10 }).then(
      () => 'answered',
      (error: unknown) => String(error),
    )
  const first = await ask()
  vi.advanceTimersByTime(60_000)
  expect(await ask()).toBe(first)
})
