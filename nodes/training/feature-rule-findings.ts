import type { Column, TableShape } from '../../src/core/columns.ts'
import { unknownColumn } from '../../src/core/unknown-column.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'

type FeatureRules = Partial<Record<'categoricalFeatures' | 'increasing' | 'decreasing', readonly string[]>>

/** Rules for features that the table does not have, or that contradict each other. */
export function featureRuleFindings(table: TableShape, rules: FeatureRules): NodeFinding[] {
  if (!table.known) return []
  const features = table.columns.filter(({ role }) => role === 'feature')
  const names = new Set(features.flatMap(({ name, elements = [] }) => [name, ...elements]))
  // What the elements of a vector are called is known once it is learned.
  const isOpen = features.some(({ type, elements }) => type === 'vector' && !elements)
  const unknown = isOpen
    ? []
    : Object.entries(rules).flatMap(([param, wanted]) =>
        (Array.isArray(wanted) ? (wanted as string[]) : [])
          .filter((name) => isFeatureRule(param) && !names.has(name))
          .map((name) => unknownFeature(name, { features, param })),
      )
  return [...unknown, ...contradictions(rules)]
}

function unknownFeature(
  name: string,
  { features, param }: { features: readonly Column[]; param: string },
): NodeFinding {
  return { ...unknownColumn(name, features), severity: 'error', param }
}

const isFeatureRule = (param: string): boolean =>
  param === 'categoricalFeatures' || param === 'increasing' || param === 'decreasing'

function contradictions({
  increasing = [],
  decreasing = [],
  categoricalFeatures = [],
}: FeatureRules): NodeFinding[] {
  const twice = increasing.find((name) => decreasing.includes(name))
  const unordered = [...increasing, ...decreasing].find((name) => categoricalFeatures.includes(name))
  const finding = (message: string, remedy: string): NodeFinding => ({
    code: 'contradiction',
    severity: 'error',
    message,
    remedy,
    param: 'decreasing',
  })
  if (twice !== undefined)
    return [
      finding(`The answer cannot only rise and only fall with “${twice}”.`, 'Keep one of the two rules.'),
    ]
  if (unordered !== undefined)
    return [
      finding(
        `Categories have no order, so the answer cannot rise or fall with “${unordered}”.`,
        'Leave it out of the categories, or of the rule.',
      ),
    ]
  return []
}
