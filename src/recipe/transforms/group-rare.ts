import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { Category } from '../accumulators/category-counts.ts'

/** Categories that get an element of their own, those that share one, and what null is among them. */
export interface CategoryGroups {
  own: Category[]
  rare: Category[]
  /** `unknown` where no null was seen, or none counts as a category. */
  nulls: 'own' | 'rare' | 'unknown'
}

/**
 * Which categories are rare, as scikit-learn finds the infrequent ones: those with fewer rows, or a smaller share of
 * all rows, than asked for; then, while there are more than `maxCategories` − 1 others, those with the fewest rows,
 * of equal ones the first in order. Null counts as the last category. NB `maxCategories` counts the element for what
 * is rare even where nothing else is: five categories and a limit of five make four and the rare one.
 */
export function groupRare(
  seen: { categories: readonly { category: Category; count: number }[]; nulls: number; rows: number },
  limits: Pick<
    Extract<TransformParams<'encode'>, { method: 'one-hot' }>,
    'minCount' | 'minShare' | 'maxCategories'
  >,
): CategoryGroups {
  const all = [...seen.categories, ...(seen.nulls > 0 ? [{ category: null, count: seen.nulls }] : [])]
  const least = Math.max(limits.minCount ?? 0, (limits.minShare ?? 0) * seen.rows)
  const frequent = all.filter(({ count }) => count >= least)
  const most = limits.maxCategories ?? Infinity
  const kept = frequent.length + 1 > most ? mostFrequent(all, most - 1) : frequent
  const keptOnes = new Set(kept.filter(({ count }) => count >= least))
  const own = all.filter((each) => keptOnes.has(each))
  const rare = all.filter((each) => !keptOnes.has(each))
  const categoriesOf = (group: typeof all) =>
    group.flatMap(({ category }) => (category === null ? [] : [category]))
  const hasNull = (group: typeof all) => group.some(({ category }) => category === null)
  return {
    own: categoriesOf(own),
    rare: categoriesOf(rare),
    nulls: hasNull(own) ? 'own' : hasNull(rare) ? 'rare' : 'unknown',
  }
}

/** Sorting is stable, so of equally frequent ones the last in order stay. */
function mostFrequent<Item extends { count: number }>(items: readonly Item[], limit: number): Item[] {
  return items.toSorted((a, b) => a.count - b.count).slice(Math.max(0, items.length - limit))
}
