import type { ErrorReport } from '../../../src/core/errors.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

/** Stands where data cannot be shown. */
export function DataMessage({ error }: { error: ErrorReport }) {
  return (
    <div role="alert" className="h-full">
      <EmptyState title={error.message}>{error.remedy}</EmptyState>
    </div>
  )
}
