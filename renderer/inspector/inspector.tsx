import { useState } from 'react'
import { EndpointPanel } from '../serving/endpoint-panel.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { HelpTab } from './help-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { NodeHeader } from './node-header.tsx'
import { ParametersTab } from './parameters-tab.tsx'
import { PipelinePanel } from './pipeline-panel.tsx'
import { useSelectedNode, type SelectedNode } from './selected-node.ts'
import { WhyTab } from './why-tab.tsx'

type InspectorTab = 'parameters' | 'why' | 'logs' | 'help'

/** The selected node: its parameters and what is known of it; of none, the pipeline itself. */
export function Inspector() {
  const selected = useSelectedNode()
  const [active, setActive] = useState<InspectorTab>('parameters')
  return (
    <aside aria-label="Inspector" className="flex h-full min-h-0 flex-col bg-surface">
      {selected ? (
        <NodeInspector key={selected.id} selected={selected} active={active} onActivate={setActive} />
      ) : (
        <PipelinePanel />
      )}
    </aside>
  )
}

interface NodeInspectorProps {
  selected: SelectedNode
  active: InspectorTab
  onActivate: (tab: InspectorTab) => void
}

function NodeInspector({ selected, active, onActivate }: NodeInspectorProps) {
  const problems = selected.findings.filter(({ at }) => at?.param !== undefined).length
  return (
    <>
      <NodeHeader selected={selected} />
      {selected.node.type === 'serving.endpoint' && (
        <EndpointPanel pipelineId={selected.document.id} node={selected.id} />
      )}
      <div className="min-h-0 flex-1">
        <Tabs
          label="About this node"
          active={active}
          onActivate={onActivate}
          tabs={[
            {
              id: 'parameters',
              title: 'Parameters',
              mark: problems > 0 && <ProblemCount count={problems} />,
              content: <ParametersTab selected={selected} />,
            },
            { id: 'why', title: 'Why', content: <WhyTab selected={selected} /> },
            { id: 'logs', title: 'Logs', content: <LogsTab selected={selected} /> },
            { id: 'help', title: 'Help', content: <HelpTab selected={selected} /> },
          ]}
        />
      </div>
    </>
  )
}

function ProblemCount({ count }: { count: number }) {
  return (
    <span className="inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-bad-soft px-1 text-2xs font-medium text-bad">
      {count}
      <span className="sr-only">{count === 1 ? ' problem' : ' problems'}</span>
    </span>
  )
}
