import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { healthWords } from './health-words.ts'

interface HealthListProps {
  overviews: readonly MonitorOverview[]
  shown: string
  onShow: (name: string) => void
}

/** How every deployment is, at a glance. */
export function HealthList({ overviews, shown, onShow }: HealthListProps) {
  return (
    <ul className="min-h-0 flex-1 overflow-auto">
      {overviews.map(({ name, health, reason }) => (
        <li key={name} className={classNames('border-b border-line', name === shown && 'bg-accent-soft/60')}>
          <button
            type="button"
            aria-current={name === shown}
            onClick={() => onShow(name)}
            className="flex w-full min-w-0 flex-col gap-1 px-4 py-2.5 text-left focus-visible:-outline-offset-2"
          >
            <span className="flex w-full items-center gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              <Badge tone={healthWords[health].tone}>{healthWords[health].word}</Badge>
            </span>
            <span className="line-clamp-2 text-xs text-ink-soft">{reason}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
