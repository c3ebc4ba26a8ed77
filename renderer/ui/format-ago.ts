const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const steps = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 604_800_000],
] as const

/** `now`, `5 minutes ago`, `yesterday`, and the date of what is older than a month. */
export function formatAgo(at: number, now = Date.now()): string {
  const ms = now - at
  if (ms < 60_000) return 'now'
  if (ms > 30 * 86_400_000) return date.format(at)
  const [unit, length] = steps.findLast(([, size]) => ms >= size)!
  return words.format(-Math.floor(ms / length), unit)
}
