import type { Category } from './category-counts.ts'
import { CollectedValues } from './collected-values.ts'
import { CrossMomentsAccumulator } from './cross-moments.ts'
import { MomentsAccumulator } from './moments.ts'
import { mutualInformation } from './mutual-information.ts'

/** How much one feature tells of the target; NaN where nothing can be said. Rows come with both values. */
export interface FeatureScore {
  add(value: number, target: Category): void
  finish(): number
}

/** Analysis of variance: scikit-learn's f_classif. */
export function varianceRatio(): FeatureScore {
  const byClass = new Map<Category, MomentsAccumulator>()
  return {
    add(value, target) {
      let moments = byClass.get(target)
      if (!moments) byClass.set(target, (moments = new MomentsAccumulator()))
      moments.add(value)
    },
    finish() {
      const classes = [...byClass.values()].map((moments) => moments.finish())
      const rows = classes.reduce((sum, { count }) => sum + count, 0)
      const mean = classes.reduce((sum, each) => sum + each.count * each.mean, 0) / rows
      const between = classes.reduce((sum, each) => sum + each.count * (each.mean - mean) ** 2, 0)
      const within = classes.reduce((sum, { squares }) => sum + squares, 0)
      return between / (classes.length - 1) / (within / (rows - classes.length))
    },
  }
}

/** The F of a line through a target of numbers: scikit-learn's f_regression. */
export function regressionRatio(): FeatureScore {
  const moments = new CrossMomentsAccumulator(2)
  return {
    add: (value, target) => moments.add([value, Number(target)]),
    finish() {
      const { count, products } = moments.finish()
      const [x, xy, , y] = products as unknown as [number, number, number, number]
      const square = (xy * xy) / (x * y)
      return (square / (1 - square)) * (count - 2)
    },
  }
}

/** Sums by class against those that the shares of the classes give: scikit-learn's chi2. */
export function chiSquared(): FeatureScore {
  const byClass = new Map<Category, { count: number; sum: number }>()
  return {
    add(value, target) {
      const known = byClass.get(target)
      if (known) {
        known.count++
        known.sum += value
      } else byClass.set(target, { count: 1, sum: value })
    },
    finish() {
      const classes = [...byClass.values()]
      const rows = classes.reduce((sum, { count }) => sum + count, 0)
      const total = classes.reduce((sum, each) => sum + each.sum, 0)
      return classes.reduce((statistic, { count, sum }) => {
        const expected = (total * count) / rows
        return statistic + (sum - expected) ** 2 / expected
      }, 0)
    },
  }
}

/** Mutual information in nats, of numbers in ten bins of equal count. Holds 16 bytes a row. */
export function sharedInformation(): FeatureScore {
  const values = new CollectedValues()
  const answers = new CollectedValues()
  const codes = new Map<string, number>()
  return {
    add(value, target) {
      values.add(value)
      if (typeof target === 'number') answers.add(target)
      else {
        const code = codes.get(target) ?? codes.size
        codes.set(target, code)
        answers.add(code)
      }
    },
    finish: () => mutualInformation(values.all(), answers.all(), { classes: codes.size > 0 }),
  }
}
