import { amountText } from '../format-amounts.ts'

const methods: Readonly<Record<string, string>> = {
  'tree-shap': 'exactly, from the trees themselves',
  'linear-shap': 'exactly, from the coefficients',
  'sampled-shapley': 'by sampling',
}

const scales: Readonly<Record<string, string>> = {
  value: 'the value',
  logarithm: 'the logarithm of the value',
  power: 'the value under its power',
  'log-odds': 'the log-odds',
  'log-weight': 'the score of the class, before scores become probabilities',
  probability: 'the probability',
}

/** How contributions were found. */
export const methodWords = (method: string): string => methods[method] ?? method

/** What contributions are amounts of. */
export const scaleWords = (scale: string): string => scales[scale] ?? scale

/** What a row has in a column. */
export const valueWords = (value: number | string | boolean | null): string =>
  value === null ? 'missing' : typeof value === 'number' ? amountText(value) : String(value)
