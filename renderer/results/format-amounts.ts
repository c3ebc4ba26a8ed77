const whole = new Intl.NumberFormat('en-GB')
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 })

/** 1234567 → “1.23M”. */
export const compactText = (amount: number): string => compact.format(amount)

/** A number to be read: four digits that say something, never an exponent where there is a plainer way. */
export function amountText(amount: number): string {
  if (!Number.isFinite(amount)) return amount > 0 ? '∞' : amount < 0 ? '−∞' : 'not a number'
  const size = Math.abs(amount)
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return amount.toExponential(2)
  if (Number.isInteger(amount)) return whole.format(amount)
  return new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: 0,
    maximumFractionDigits: size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : size >= 0.01 ? 4 : 6,
  }).format(amount)
}

/** Numbers that stand beside each other, with as many decimals each; “–” for what is not known. */
export function alignedTexts(amounts: readonly (number | null)[]): readonly string[] {
  const known = amounts.filter((amount) => amount !== null)
  const largest = Math.max(0, ...known.map(Math.abs))
  const digits = known.every(Number.isInteger) ? 0 : largest >= 1000 ? 1 : largest >= 100 ? 2 : 4
  const format = new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return amounts.map((amount) => {
    if (amount === null) return '–'
    const isTooLittle = amount !== 0 && Math.abs(amount) < 0.5 * 10 ** -digits
    return isTooLittle || !Number.isFinite(amount) ? amountText(amount) : format.format(amount)
  })
}

/** 0.0213 → “2.1 %”; what is little is never told as nothing, nor what is nearly all as all. */
export function shareText(share: number): string {
  const percent = share * 100
  if (share > 0 && percent < 0.1) return '< 0.1 %'
  if (share < 1 && percent > 99.9) return '> 99.9 %'
  return `${Math.round(percent * 10) / 10} %`
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
/** Epoch ms in the zone of the reader. */
export const momentText = (at: number): string => moment.format(at)

/** A metric’s name as people write it: `roc_auc` → “ROC AUC”. */
export function metricTitle(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/\b(roc|auc|mae|rmse|mape|r2|f1|sd|psi)\b/g, acronym)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const acronym = (word: string): string => (word === 'r2' ? 'R²' : word.toUpperCase())
