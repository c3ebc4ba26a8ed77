import { useState } from 'react'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { FunctionsPanel } from './functions-panel.tsx'
import { QueuePanel } from './queue-panel.tsx'

/** Labels for what a deployment has answered: row by row, or by functions that vote. */
export function LabellingView({ deployment }: { deployment: string }) {
  const [part, setPart] = useState<'queue' | 'functions'>('queue')
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="px-6 pt-4">
        <SegmentedControl
          label="How labels are given"
          value={part}
          options={[
            { value: 'queue', title: 'Row by row' },
            { value: 'functions', title: 'By functions' },
          ]}
          onChange={setPart}
        />
      </div>
      <div className="min-h-0 flex-1">
        {part === 'queue' ? (
          <QueuePanel key={deployment} deployment={deployment} />
        ) : (
          <FunctionsPanel key={deployment} deployment={deployment} />
        )}
      </div>
    </div>
  )
}
