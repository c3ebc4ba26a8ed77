import { builtInChannels } from '../../core/alert-rule.ts'
import type { DeliveryRecord } from '../../storage/alert-deliveries.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import type { AlertNotice } from './alert-notice.ts'
import { deliver, isBuiltIn, showNotice, type DeliveryParts } from './deliver.ts'
import { refused, type SendOutcome } from './send-outcome.ts'

/**
 * Works off what is to be told. A message counts as told when its receiver took it: if this process ends between the two,
 * it is told again, with the same key.
 */
export interface Outbox {
  /** Something new may be in it. */
  wake(): void
  /** Somebody looks at the app now: what could not be shown there is shown. */
  showWaiting(): void
  /** Resolves when all that is due now was tried. */
  settle(): Promise<void>
  /** Resolves when what is under way was noted. */
  close(): Promise<void>
}

/** The pause after the first attempt; each is three times as long as the one before, up to the longest. */
const firstPauseMs = 5_000
const longestPauseMs = 3_600_000
/** What was not taken for so long is given up. */
const patienceMs = 24 * 3_600_000

export function openOutbox(
  parts: DeliveryParts & {
    tracking: Pick<Tracking, 'alertDeliveries' | 'alertChannels' | 'transaction'>
    now: () => number
    /** What became of a message for good, or until the next attempt. */
    onNoted: () => void
    onDefect: (error: unknown, during: string) => void
  },
): Outbox {
  const { tracking, now, onNoted, onDefect } = parts
  const { alertDeliveries, alertChannels } = tracking
  const busy = new Map<string, Promise<void>>()
  /** What could not even be noted: it is for the next start. */
  const broken = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const send = (delivery: DeliveryRecord): Promise<SendOutcome> | SendOutcome => {
    const notice = JSON.parse(delivery.message) as AlertNotice
    if (isBuiltIn(delivery.channel)) return showNotice(notice, delivery.channel, parts)
    const channel = alertChannels.find(delivery.channel)
    if (!channel) return refused('there is no channel of that name')
    return deliver(notice, channel.target, parts)
  }
  const attempt = async (delivery: DeliveryRecord): Promise<void> => {
    const outcome = await send(delivery)
    tracking.transaction(() => note(delivery, outcome))
    onNoted()
  }
  const note = (delivery: DeliveryRecord, outcome: SendOutcome): void => {
    const { number, alert, channel, kind, madeAt } = delivery
    // Somebody may have removed the channel meanwhile.
    if (alertDeliveries.ofAlert(alert).find((each) => each.number === number)?.state !== 'waiting') return
    const at = now()
    const attempts = delivery.attempts + 1
    switch (outcome.outcome) {
      case 'delivered':
        return alertDeliveries.note({ number, state: 'delivered', attempts, problem: null, at })
      case 'later': {
        const next = at + Math.max(pauseAfter(attempts), outcome.afterMs ?? 0)
        if (next < madeAt + patienceMs)
          return alertDeliveries.note({
            number,
            state: 'waiting',
            attempts,
            problem: outcome.problem,
            at: next,
          })
        break
      }
      case 'refused':
    }
    const { problem } = outcome
    // That nobody looked at the app for a day is nobody's failure: the alert stands there.
    const state = isBuiltIn(channel) ? 'dropped' : 'failed'
    alertDeliveries.note({ number, state, attempts, problem, at })
    if (kind === 'firing') alertDeliveries.dropRest({ alert, channel, now: at })
  }

  /** Starts what is due, one at a time for each channel. */
  const work = (): void => {
    clearTimeout(timer)
    if (isClosed) return
    for (const delivery of alertDeliveries.due(now())) {
      const { channel } = delivery
      if (busy.has(channel) || broken.has(delivery.number)) continue
      const attempting = attempt(delivery)
        .catch((error: unknown) => {
          broken.add(delivery.number)
          onDefect(error, 'telling of an alert')
        })
        .finally(() => {
          busy.delete(channel)
          guardedWork()
        })
      busy.set(channel, attempting)
    }
    const next = alertDeliveries.nextAt()
    if (next === null || busy.size > 0) return
    // What is broken stays due.
    const least = broken.size === 0 ? 0 : firstPauseMs
    timer = setTimeout(guardedWork, Math.min(Math.max(next - now(), least), longestPauseMs)).unref()
  }
  const guardedWork = (): void => {
    try {
      work()
    } catch (error) {
      onDefect(error, 'the outbox of alerts')
    }
  }
  return {
    wake: guardedWork,
    showWaiting() {
      for (const channel of builtInChannels) alertDeliveries.hurry(channel, now())
      guardedWork()
    },
    async settle() {
      guardedWork()
      while (busy.size > 0) await Promise.all(busy.values())
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await Promise.all(busy.values())
    },
  }
}

const pauseAfter = (attempts: number): number => Math.min(firstPauseMs * 3 ** (attempts - 1), longestPauseMs)
