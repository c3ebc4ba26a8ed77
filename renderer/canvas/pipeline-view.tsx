import { ReactFlowProvider } from '@xyflow/react'
import { useState } from 'react'
import { Inspector } from '../inspector/inspector.tsx'
import { ProblemsPanel } from '../problems/problems-panel.tsx'
import { ResultsDock } from '../results/results-dock.tsx'
import { DocumentNotices } from '../shell/document-notices.tsx'
import { RunControls } from '../shell/run-controls.tsx'
import { StatusBar } from '../shell/status-bar.tsx'
import { TabBar } from '../shell/tab-bar.tsx'
import { activeTabOf } from '../state/active.ts'
import { useStore } from '../state/store.ts'
import { Splitter } from '../ui/splitter.tsx'
import { CanvasMenu } from './canvas-menu.tsx'
import { Canvas } from './canvas.tsx'
import { NodeSearch } from './node-search.tsx'
import { Palette } from './palette.tsx'

/** A pipeline and all that belongs around it. */
export function PipelineView() {
  const activeTab = useStore((state) => state.activeTab)
  const scope = useStore((state) => activeTabOf(state)?.scope.join('/'))
  const name = useStore((state) => activeTabOf(state)?.document.name)
  const panels = useStore((state) => state.panels)
  const isMaximised = useStore(({ dockMaximised, panels: { dock } }) => dockMaximised && dock)
  const [paletteWidth, setPaletteWidth] = useState(224)
  const [inspectorWidth, setInspectorWidth] = useState(352)
  return (
    <>
      <TabBar actions={<RunControls />} />
      <DocumentNotices />
      <div className="flex min-h-0 flex-1">
        {panels.palette && !isMaximised && (
          <div style={{ width: paletteWidth }} className="shrink-0">
            <Palette />
          </div>
        )}
        <main aria-label="Pipeline" className="flex min-w-0 flex-1">
          <h1 className="sr-only">{name}</h1>
          {panels.palette && !isMaximised && (
            <Splitter
              label="Width of the node types"
              orientation="vertical"
              grows="towards-end"
              size={paletteWidth}
              smallest={180}
              largest={360}
              onResize={setPaletteWidth}
            />
          )}
          <div className="flex min-w-0 flex-1 flex-col">
            {!isMaximised && (
              <CanvasMenu>
                <ReactFlowProvider key={`${activeTab} ${scope}`}>
                  <Canvas />
                </ReactFlowProvider>
              </CanvasMenu>
            )}
            <LowerPanels isMaximised={isMaximised} />
          </div>
          {panels.inspector && !isMaximised && (
            <Splitter
              label="Width of the inspector"
              orientation="vertical"
              grows="towards-start"
              size={inspectorWidth}
              smallest={300}
              largest={640}
              onResize={setInspectorWidth}
            />
          )}
        </main>
        {panels.inspector && !isMaximised && (
          <div style={{ width: inspectorWidth }} className="min-h-0 shrink-0 overflow-hidden bg-surface">
            <Inspector />
          </div>
        )}
      </div>
      <StatusBar />
      <NodeSearch />
    </>
  )
}

function LowerPanels({ isMaximised }: { isMaximised: boolean }) {
  const panels = useStore((state) => state.panels)
  const [height, setHeight] = useState(280)
  if (!panels.dock && !panels.problems) return null
  return (
    <>
      {!isMaximised && (
        <Splitter
          label="Height of the lower panel"
          orientation="horizontal"
          grows="towards-start"
          size={height}
          smallest={140}
          largest={640}
          onResize={setHeight}
        />
      )}
      <div
        className={isMaximised ? 'flex min-h-0 flex-1' : 'flex min-h-0 shrink-0'}
        style={isMaximised ? undefined : { height }}
      >
        {panels.dock && (
          <div className="min-w-0 flex-1 overflow-hidden bg-surface">
            <ResultsDock />
          </div>
        )}
        {panels.problems && !isMaximised && (
          <div className={panels.dock ? 'w-96 shrink-0 border-l border-line' : 'min-w-0 flex-1'}>
            <ProblemsPanel />
          </div>
        )}
      </div>
    </>
  )
}
