import type { Finding } from '../../src/core/finding.ts'

/** How many things are wrong with a node; what they are, on hover. */
export function ProblemBadge({ findings }: { findings: readonly Finding[] }) {
  const hasError = findings.some(({ severity }) => severity === 'error')
  const words = `${findings.length} ${findings.length === 1 ? 'problem' : 'problems'}`
  return (
    <span
      className="problem-badge"
      data-severity={hasError ? 'error' : 'warning'}
      title={findings.map(({ message }) => message).join('\n')}
    >
      <span aria-hidden>{findings.length}</span>
      <span className="sr-only">{words}</span>
    </span>
  )
}
