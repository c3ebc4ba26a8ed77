import { History } from 'lucide-react'
import type { ModelVersionData } from '../../src/contract/models-contract.ts'
import type { ModelData } from '../../src/core/artifacts.ts'
import { useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'

interface ModelLineageProps {
  version: ModelVersionData
  model: ModelData | null
  pipeline: { text: string; parameters: Readonly<Record<string, string>> } | null
}

/** The run, the table and the pipeline that a version came from. */
export function ModelLineage({ version, model, pipeline }: ModelLineageProps) {
  const show = useStore((state) => state.show)
  const parameters = Object.entries(pipeline?.parameters ?? {})
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-xs">
        <dt className="text-ink-faint">Run</dt>
        <dd>{version.runId ?? 'not registered by a run'}</dd>
        <dt className="text-ink-faint">Model artifact</dt>
        <dd className="font-mono break-all">{version.artifact}</dd>
        {model && model.trainedOn !== '' && (
          <>
            <dt className="text-ink-faint">Trained on</dt>
            <dd className="font-mono break-all">{model.trainedOn}</dd>
          </>
        )}
        {parameters.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-faint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {version.runId !== null && (
        <Button icon={<History size={14} />} className="self-start" onClick={() => show('runs')}>
          See it among the runs
        </Button>
      )}
      {pipeline && (
        <details className="rounded-md border border-line">
          <summary className="cursor-default px-3 py-2 font-medium">The pipeline as it was</summary>
          <ScrollRegion
            role="group"
            label="Text of the pipeline"
            className="max-h-96 border-t border-line p-3"
          >
            <pre className="font-mono text-2xs">{pipeline.text}</pre>
          </ScrollRegion>
        </details>
      )}
    </div>
  )
}
