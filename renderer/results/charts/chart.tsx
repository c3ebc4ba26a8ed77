import { lazy, Suspense } from 'react'
import { Spinner } from '../../ui/spinner.tsx'
import type { ChartCanvasProps } from './chart-canvas.tsx'

const Canvas = lazy(async () => ({ default: (await import('./chart-canvas.tsx')).ChartCanvas }))

/** A chart whose library is loaded with the first one that is drawn. */
export function Chart(props: ChartCanvasProps) {
  return (
    <Suspense
      fallback={
        <div className={props.className ?? 'size-full'}>
          <Spinner label="Drawing the chart" />
        </div>
      }
    >
      <Canvas {...props} />
    </Suspense>
  )
}
