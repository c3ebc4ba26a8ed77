export const msPerDay = 86_400_000

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?)?$/

/**
 * Epoch milliseconds of an ISO 8601 date, or date with time in UTC, as people write them into expressions and
 * parameters; undefined where there is no such day or time, such as 30 February.
 */
export function epochOfDate(text: string, type: 'date' | 'datetime'): number | undefined {
  const found = pattern.exec(text)
  if (!found || (type === 'date' && found[4] !== undefined)) return undefined
  const [year, month, day, hours, minutes, seconds] = found.slice(1, 7).map((part) => Number(part ?? 0))
  const milliseconds = Number((found[7] ?? '').padEnd(3, '0'))
  const date = new Date(0)
  date.setUTCFullYear(year!, month! - 1, day)
  const isDay = year! > 0 && date.getUTCMonth() === month! - 1
  if (!isDay || hours! > 23 || minutes! > 59 || seconds! > 59) return undefined
  return date.getTime() + ((hours! * 60 + minutes!) * 60 + seconds!) * 1000 + milliseconds
}
