import { compactText } from '../results/format-amounts.ts'

/** A measured rate or time: what follows the third digit is noise. */
export const rateText = (amount: number): string =>
  compactText(Math.abs(amount) < 1 ? Math.round(amount * 100) / 100 : Math.round(amount * 10) / 10)
