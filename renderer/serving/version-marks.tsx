import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react'
import type { ServedInfo } from '../../src/contract/deployment-info.ts'
import { shareText } from '../results/format-amounts.ts'
import { Badge } from '../ui/badge.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { verificationWords } from './state-words.ts'

const bars = ['bg-stage-serving', 'bg-stage-training', 'bg-stage-ingestion', 'bg-stage-features'] as const

interface VersionMarksProps {
  name: string
  versions: readonly ServedInfo[]
  /** A problem that is told of elsewhere already. */
  told: string | null
}

/** What answers, in which shares, and whether its answers are those of batch scoring. */
export function VersionMarks({ name, versions, told }: VersionMarksProps) {
  const answering = versions.filter(({ role, weight }) => role !== 'shadow' && weight > 0)
  const total = answering.reduce((sum, { weight }) => sum + weight, 0)
  return (
    <div className="flex flex-col gap-2">
      {answering.length > 1 && (
        <div
          role="img"
          aria-label={`Traffic of ${name}: ${answering.map((each) => `${titleOf(each)} ${shareText(each.weight / total)}`).join(', ')}`}
          className="flex h-2 w-full gap-px overflow-hidden rounded-full"
        >
          {answering.map((each, index) => (
            <span
              key={each.reference}
              className={bars[index % bars.length]}
              style={{ flexGrow: each.weight }}
            />
          ))}
        </div>
      )}
      <ul aria-label="Versions" className="flex flex-wrap gap-x-5 gap-y-1.5">
        {versions.map((version, index) => (
          <li key={`${version.reference} ${version.role}`} className="flex items-center gap-2">
            {answering.length > 1 && (
              <span
                aria-hidden
                className={`size-2 rounded-full ${answering.includes(version) ? bars[answering.indexOf(version) % bars.length] : 'bg-line-strong'}`}
              />
            )}
            <span className="font-medium">{titleOf(version)}</span>
            {version.reference !== `${version.model}:${version.version}` && (
              <span className="text-xs text-ink-soft">{version.reference}</span>
            )}
            {version.role !== 'live' && <Badge tone="accent">{version.role}</Badge>}
            {answering.length > 1 && answering.includes(version) && (
              <span className="text-xs text-ink-soft tabular">{shareText(version.weight / total)}</span>
            )}
            {version.isRolledBack && <Badge tone="bad">taken back</Badge>}
            <VerificationMark key={index} version={version} />
            {version.problem && version.problem.message !== told && (
              <span className="text-xs text-bad">{version.problem.message}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

export const titleOf = ({ model, version, reference }: ServedInfo): string =>
  model === null || version === null ? reference : `${model}, version ${version}`

function VerificationMark({ version: { verification } }: { version: ServedInfo }) {
  const { word, detail, tone } = verificationWords(verification)
  const Icon = { verified: ShieldCheck, failed: ShieldAlert }[verification.state as string] ?? ShieldQuestion
  const problem = verification.problem
    ? ` ${verification.problem.message} ${verification.problem.remedy}`
    : ''
  return (
    <Tooltip text={`${detail}${problem}`}>
      <button
        type="button"
        className="inline-flex cursor-default rounded-full"
        aria-label={`${word}. ${detail}${problem}`}
      >
        <Badge tone={tone}>
          <Icon size={11} aria-hidden />
          {word}
        </Badge>
      </button>
    </Tooltip>
  )
}
