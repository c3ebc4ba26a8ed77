import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { SpawnWorker } from '../engine/worker-process.ts'
import type { WorkspacePaths } from '../storage/workspace-paths.ts'
import { openViewer, type Viewer } from './open-viewer.ts'
import type { ViewMethod } from './view-calls.ts'

const memoryMb = 1_024

/**
 * Two processes: a model, which may come from anywhere and holds its thread while it answers, is nothing that a table
 * should have to wait for, or be lost with.
 */
export function openViewers(options: {
  spawn: SpawnWorker
  paths: Pick<WorkspacePaths, 'artifacts' | 'staging'>
  onDefect: (details: string, method: ViewMethod) => void
}): Viewer {
  const { spawn, paths, onDefect } = options
  const open = (name: string, threads: number): Viewer => {
    const work = join(paths.staging, `viewer-${name}`)
    return openViewer({
      spawn: () => {
        mkdirSync(work, { recursive: true })
        return spawn()
      },
      setup: { artifacts: paths.artifacts, work, threads, memoryMb },
      onDefect,
    })
  }
  const tables = open('tables', Math.min(4, availableParallelism()))
  const models = open('models', 1)
  return {
    call: (method, request, signal) =>
      (method.startsWith('model.') ? models : tables).call(method, request, signal),
    warm: () => tables.warm(),
    close() {
      tables.close()
      models.close()
    },
  }
}
