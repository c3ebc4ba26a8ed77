import type { RunInfo } from '../../src/contract/runs-contract.ts'
import { Badge } from '../ui/badge.tsx'

const words = {
  running: { title: 'running', tone: 'accent' },
  done: { title: 'done', tone: 'good' },
  failed: { title: 'failed', tone: 'bad' },
  cancelled: { title: 'cancelled', tone: 'plain' },
  interrupted: { title: 'interrupted', tone: 'warn' },
} as const

export function RunStatus({ status }: { status: RunInfo['status'] }) {
  const { title, tone } = words[status]
  return <Badge tone={tone}>{title}</Badge>
}
