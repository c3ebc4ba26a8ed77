import { nearestName } from '../../core/nearest-name.ts'
import type { Feedback } from './feedback-log.ts'

const mostNamed = 10

/**
 * Why a label cannot be the truth where these models answer; null where it can. Each gives its classes, or null where it
 * has none or they are not known: then nothing is refused.
 */
export function labelProblem(
  label: Feedback['label'],
  classesOfModels: readonly (readonly string[] | null)[],
): string | null {
  if (label === undefined || classesOfModels.length === 0) return null
  const classes = new Set<string>()
  for (const each of classesOfModels) {
    if (each === null) return null
    for (const known of each) classes.add(known)
  }
  const text = String(label)
  if (classes.has(text)) return null
  const near = nearestName(text, classes)
  const named = [...classes].slice(0, mostNamed).map((known) => `“${known}”`)
  const more = classes.size > mostNamed ? ` and ${classes.size - mostNamed} more` : ''
  const hint = near === undefined ? `Its classes are ${named.join(', ')}${more}.` : `Did you mean “${near}”?`
  return `“${text.slice(0, 100)}” is no class of the model. ${hint}`
}
