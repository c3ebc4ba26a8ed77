import type { AlertInfo } from '../../src/contract/alerts-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import type { SeriesMark } from './draw-series.ts'

const mostMarks = 30

/** What was told of a deployment: when it began and ended, to be drawn over what was measured; and what is open. */
export function useAlertMarks(
  deployment: string,
  round: number,
): { marks: readonly SeriesMark[]; open: readonly AlertInfo[] } {
  const client = useClient()
  const { data } = useQuery(`alerts of ${deployment} ${round}`, async (signal) => {
    const { alerts } = await client.alerts.list({ deployment }, { signal })
    const { alerts: over } = await client.alerts.history({ deployment, limit: mostMarks }, { signal })
    const open = alerts.filter(({ state }) => state === 'firing')
    return { open, marks: [...open, ...over].flatMap(marksOf).slice(0, mostMarks) }
  })
  return data ?? none
}

const none = { marks: [], open: [] }

function marksOf({ firedAt, resolvedAt, title, severity }: AlertInfo): SeriesMark[] {
  if (firedAt === null) return []
  const fired = { at: firedAt, name: title, isBad: severity !== 'info' }
  return resolvedAt === null ? [fired] : [fired, { at: resolvedAt, name: 'over', isBad: false }]
}
