const pattern =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,3}))?)?Z?)?$/

/** Epoch milliseconds of an ISO 8601 date, or date and time in UTC; null for anything else, such as 30 February. */
export function parseTimeLiteral(text: string, type: 'date' | 'datetime'): number | null {
  const groups = pattern.exec(text)?.groups
  if (!groups || (type === 'date' && groups['hour'] !== undefined)) return null
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (name) => Number(groups[name] ?? 0),
  ) as [number, number, number, number, number, number]
  const ms = Number((groups['fraction'] ?? '').padEnd(3, '0'))
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, day)
  time.setUTCHours(hour, minute, second, ms)
  const isReal =
    year > 0 &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  return isReal ? time.getTime() : null
}
