import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { giveWay } from '../engine/give-way.ts'
import { previewStore } from '../engine/open-previews.ts'
import type { SpawnWorker } from '../engine/worker-process.ts'
import type { WorkspacePaths } from '../storage/workspace-paths.ts'
import { openViewer, type Viewer } from './open-viewer.ts'
import type { ViewMethod } from './view-calls.ts'

const memoryMb = 1_024
/** Long enough for the next question of the same piece of work. */
const passingMs = 2_000

export interface Viewers {
  /**
   * Two processes: a model, which may come from anywhere and holds its thread while it answers, is nothing that a table
   * should have to wait for, or be lost with.
   */
  viewer: Viewer
  /** For what nobody waits for: it gets what others leave of the processors. */
  background: Viewer
  /** For what is asked once in a while: its process ends as soon as it has answered. */
  passing: Viewer
}

export function openViewers(options: {
  spawn: SpawnWorker
  paths: Pick<WorkspacePaths, 'artifacts' | 'staging'>
  onDefect: (details: string, method: ViewMethod) => void
}): Viewers {
  const { spawn, paths, onDefect } = options
  const open = (
    name: string,
    threads: number,
    { start = spawn, idleMs }: { start?: SpawnWorker; idleMs?: number } = {},
  ): Viewer => {
    const work = join(paths.staging, `viewer-${name}`)
    return openViewer({
      spawn: () => {
        mkdirSync(work, { recursive: true })
        return start()
      },
      setup: { artifacts: [paths.artifacts, previewStore(paths.staging)], work, threads, memoryMb },
      ...(idleMs !== undefined && { idleMs }),
      onDefect,
    })
  }
  const tables = open('tables', Math.min(4, availableParallelism()))
  const models = open('models', 1)
  return {
    viewer: {
      call: (method, request, signal) =>
        (method.startsWith('model.') ? models : tables).call(method, request, signal),
      warm: () => tables.warm(),
      close() {
        tables.close()
        models.close()
      },
    },
    background: open('background', 1, {
      start: () => {
        const worker = spawn()
        giveWay(worker, 'least')
        return worker
      },
    }),
    passing: open('passing', 1, { idleMs: passingMs }),
  }
}
