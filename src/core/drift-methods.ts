const tests = ['kolmogorov-smirnov', 'chi-square', 'two-proportions'] as const
const distances = [
  'wasserstein',
  'jensen-shannon',
  'population-stability-index',
  'kullback-leibler',
  'total-variation',
] as const

/** How the drift of a column is measured. */
export const driftMethods = [...tests, ...distances] as const
export type DriftMethod = (typeof driftMethods)[number]
export type DriftTest = (typeof tests)[number]
export type DriftDistance = (typeof distances)[number]

/** Those that suit columns of numbers, dates and times, whatever the values. */
export const numberMethods = [
  'kolmogorov-smirnov',
  'wasserstein',
  'population-stability-index',
  'jensen-shannon',
  'kullback-leibler',
  'total-variation',
] as const satisfies readonly DriftMethod[]

/** Those that suit texts, and true and false, whatever the values. */
export const categoryMethods = [
  'chi-square',
  'jensen-shannon',
  'population-stability-index',
  'kullback-leibler',
  'total-variation',
] as const satisfies readonly DriftMethod[]

/** Whether a method asks if a difference can be chance; the others ask how large it is. */
export const isDriftTest = (method: DriftMethod): method is DriftTest =>
  (tests as readonly DriftMethod[]).includes(method)
