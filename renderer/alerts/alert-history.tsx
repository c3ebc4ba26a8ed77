import { useState } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { momentText } from '../results/format-amounts.ts'
import { FactTable } from '../results/reports/report-parts.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { resolveWords, severityTones } from './alert-words.ts'
import { useAlertRound } from './use-alerts.ts'

const pageSize = 50
/** As many as the table draws. */
const mostShown = 200

/** Alerts that are over, the newest first. */
export function AlertHistory({ deployment }: { deployment: string | null }) {
  const client = useClient()
  const round = useAlertRound(deployment)
  const [limit, setLimit] = useState(pageSize)
  const { data, error } = useQuery(`${deployment ?? ''} ${limit} ${round}`, (signal) =>
    client.alerts.history({ deployment, limit }, { signal }),
  )
  if (error)
    return (
      <p className="text-bad">
        {error.message} {error.remedy}
      </p>
    )
  if (!data) return <Spinner label="Reading earlier alerts" />
  if (data.alerts.length === 0) return <p className="text-ink-soft">There was none.</p>
  return (
    <div className="flex flex-col items-start gap-2">
      <FactTable
        label="Earlier alerts"
        columns={[
          ...(deployment === null ? [{ title: 'Endpoint' }] : []),
          { title: 'What' },
          { title: 'Severity' },
          { title: 'Fired' },
          { title: 'Over' },
          { title: 'Why it is over' },
        ]}
        rows={data.alerts.map((alert) => [
          ...(deployment === null ? [alert.deployment] : []),
          alert.title,
          <Badge key="severity" tone={severityTones[alert.severity]}>
            {alert.severity}
          </Badge>,
          momentText(alert.firedAt!),
          momentText(alert.resolvedAt!),
          resolveWords[alert.resolvedBecause!],
        ])}
      />
      {data.next !== null && limit < mostShown && (
        <Button tone="quiet" onClick={() => setLimit(mostShown)}>
          Show more
        </Button>
      )}
    </div>
  )
}
