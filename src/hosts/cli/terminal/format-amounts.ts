/** `12 ms`, `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): string {
  if (ms < 95) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`
}

/** `7,043`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1 row`, `7,043 rows`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `512 B`, `1.4 MB`: powers of 1000, as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 || size >= 99.95 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`
}

/** Enough digits to compare two models by. */
export function formatMetric(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return formatCount(value)
  const size = Math.abs(value)
  if (size >= 1e7 || size < 1e-4) return value.toExponential(4)
  return size < 10 ? value.toFixed(6) : value.toPrecision(7)
}

/** `2026-11-20 08:43`, in local time. */
export function formatTime(epochMs: number): string {
  const at = new Date(epochMs)
  const date = [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-')
  return `${date} ${pad(at.getHours())}:${pad(at.getMinutes())}`
}

const pad = (value: number): string => String(value).padStart(2, '0')
