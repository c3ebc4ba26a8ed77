import type { SpareCores } from '../engine/budget.ts'
import type { Viewer } from './open-viewer.ts'

/** Makes the sketches of tables before somebody asks for them, while no step wants the cores. */
export interface SketchAhead {
  /** From now on somebody is there to look. */
  start(): void
  add(tables: Iterable<string>): void
  close(): void
}

/** Between two steps of a run the cores are free for a moment. */
const settleMs = 300
/** After that many, the oldest are left to be made when they are asked for. */
const mostWaiting = 200

/** What a step interrupts is begun anew later: a sketch has no halves. */
export function openSketchAhead(options: {
  viewer: Viewer
  cores: SpareCores
  /** Whether a table has its sketch already. */
  isMade: (table: string) => boolean
}): SketchAhead {
  const { viewer, cores, isMade } = options
  const waiting = new Set<string>()
  let current: AbortController | undefined
  let settling: NodeJS.Timeout | undefined
  let isStarted = false

  const next = (): void => {
    clearTimeout(settling)
    settling = undefined
    if (!isStarted || current || waiting.size === 0 || cores.count === 0) return
    settling = setTimeout(() => void makeOne(), settleMs).unref()
  }
  const makeOne = async (): Promise<void> => {
    const [table] = waiting
    if (table === undefined) return
    const interruption = new AbortController()
    current = interruption
    waiting.delete(table)
    try {
      if (!isMade(table)) await viewer.call('table.sketch', { artifact: table }, interruption.signal)
    } catch {
      // What is wrong with a table is told to whoever asks for it.
      if (interruption.signal.aborted && isStarted) waiting.add(table)
    }
    current = undefined
    next()
  }
  const forgetCores = cores.watch(() => {
    if (cores.count === 0) current?.abort()
    next()
  })
  return {
    start() {
      isStarted = true
      next()
    },
    add(tables) {
      if (!isStarted) return
      for (const table of tables) waiting.add(table)
      while (waiting.size > mostWaiting) waiting.delete(waiting.values().next().value!)
      next()
    },
    close() {
      isStarted = false
      forgetCores()
      clearTimeout(settling)
      current?.abort()
      waiting.clear()
      viewer.close()
    },
  }
}
