import type { Finding } from '../../src/core/finding.ts'

/** Findings at one place, the gravest first. Those of a node often have one cause. */
export interface FindingGroup {
  /** Null for what is about no node: there each finding is a group of its own. */
  node: string | null
  findings: readonly Finding[]
}

/** Groups with an error first, else in the order of the check. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const byNode = Map.groupBy(findings, ({ at }) => at?.node ?? null)
  const groups = [...byNode].flatMap(([node, found]): FindingGroup[] =>
    node === null
      ? found.map((finding) => ({ node, findings: [finding] }))
      : [{ node, findings: found.toSorted((a, b) => weight(a) - weight(b)) }],
  )
  return groups.toSorted((a, b) => weight(a.findings[0]!) - weight(b.findings[0]!))
}

const weight = ({ severity }: Finding): number => (severity === 'error' ? 0 : 1)
