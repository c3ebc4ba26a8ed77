import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { rateText } from './rate-text.ts'
import { DeploymentSwitch } from './deployment-switch.tsx'
import type { LiveDeployment } from './follow-deployments.ts'
import { stateWords } from './state-words.ts'

interface DeploymentListProps {
  deployments: readonly LiveDeployment[]
  shown: string
  onShow: (name: string) => void
}

/** Endpoints with their switches. */
export function DeploymentList({ deployments, shown, onShow }: DeploymentListProps) {
  return (
    <ul className="min-h-0 flex-1 overflow-auto">
      {deployments.map(({ info, points }) => {
        const { word, tone } = stateWords[info.state]
        const newest = points.at(-1)
        return (
          <li
            key={info.name}
            className={classNames(
              'flex items-center gap-3 border-b border-line pr-4',
              info.name === shown && 'bg-accent-soft/60',
            )}
          >
            <button
              type="button"
              aria-current={info.name === shown}
              onClick={() => onShow(info.name)}
              className="flex min-w-0 flex-1 flex-col gap-1 py-2.5 pl-4 text-left focus-visible:-outline-offset-2"
            >
              <span className="w-full truncate font-medium">{info.name}</span>
              <span className="flex items-center gap-2 text-xs text-ink-soft">
                <Badge tone={tone}>{word}</Badge>
                {newest && info.isOn && (
                  <span className="tabular">{rateText(newest.requestsPerSecond)} requests/s</span>
                )}
              </span>
            </button>
            <DeploymentSwitch info={info} />
          </li>
        )
      })}
    </ul>
  )
}
