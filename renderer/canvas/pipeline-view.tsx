import { Inspector } from '../inspector/inspector.tsx'
import { ResultsDock } from '../results/results-dock.tsx'

export function PipelineView() {
  return (
    <main aria-label="Pipeline">
      <Inspector />
      <ResultsDock />
    </main>
  )
}
