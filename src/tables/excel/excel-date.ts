const DAY_MS = 86_400_000
// Excel counts days from here, but takes 1900 for a leap year: before March 1900 it is a day later.
const START_1900 = Date.UTC(1899, 11, 30)
const START_1904 = Date.UTC(1904, 0, 1)
const FIRST_RIGHT_DAY = 61
/** 9999-12-31 is the last day that Excel knows. */
const DAYS_1900 = 2_958_466
const DAYS_1904 = 2_957_004

/** Milliseconds since 1970 (UTC) of an Excel date, which is a number of days; null where Excel knows no such day. */
export function epochOfExcelDate(days: number, { isFrom1904 }: { isFrom1904: boolean }): number | null {
  if (!(days >= 0 && days < (isFrom1904 ? DAYS_1904 : DAYS_1900))) return null
  const milliseconds = Math.round(days * DAY_MS)
  if (isFrom1904) return START_1904 + milliseconds
  return START_1900 + milliseconds + (days < FIRST_RIGHT_DAY - 1 ? DAY_MS : 0)
}

/** The number of days that Excel shows as a time (milliseconds since 1970, UTC); null outside of 1900 to 9999. */
export function excelDateOfEpoch(epochMs: number): number | null {
  const days = (epochMs - START_1900) / DAY_MS
  const shown = days < FIRST_RIGHT_DAY ? days - 1 : days
  return shown >= 1 && shown < DAYS_1900 ? shown : null
}
