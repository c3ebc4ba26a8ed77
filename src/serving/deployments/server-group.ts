import { reportOf, type ErrorReport } from '../../core/errors.ts'
import type { SpawnWorker, WorkerExit } from '../../engine/worker-process.ts'
import type { ServerConfiguration, ServerStart, ServerStatistics } from '../server-protocol.ts'
import { deploymentError } from './errors.ts'
import { howItEnded, startServerProcess, type ServerProcess, type StatisticsOfAll } from './server-process.ts'

/** The processes that answer at one address, each started again when it ends by itself. */
export interface ServerGroup {
  /** Where it listens. */
  readonly port: number
  readonly grpcPort: number | null
  /** The numbers its processes have. */
  readonly workers: readonly number[]
  processes(): ProcessState[]
  /** Why a process is not there; null while all are. */
  readonly problem: ErrorReport | null
  /** One ends again and again. */
  readonly isFailing: boolean
  /** Resolves when all processes serve it; those that start later do, too. Rejects where one refuses it. */
  configure(configuration: ServerConfiguration): Promise<void>
  /** Called once a second: ends processes that have fallen silent. */
  check(): void
  drain(patienceMs: number): Promise<void>
  kill(): void
}

export interface ProcessState {
  worker: number
  pid: number | null
  state: 'starting' | 'ready' | 'restarting' | 'draining'
  restarts: number
}

export interface GroupOptions {
  spawn: SpawnWorker
  /** Its ports are known: the processes share them. */
  start: Omit<ServerStart, 'worker' | 'workers'>
  workers: readonly number[]
  configuration: ServerConfiguration
  /** `process` is another one for each process. */
  onStatistics: (process: number, statistics: ServerStatistics) => void
  onEnd: (process: number) => void
  statisticsOfAll: () => StatisticsOfAll
  onOutput: (text: string) => void
  /** A process came or went. */
  onChange: () => void
}

/** Before the first new try, the second, …; the last again and again. */
const backOffMs = [0, 250, 1_000, 2_000, 5_000, 10_000, 30_000]
/** Who lived this long starts afresh with the first of them. */
const steadyMs = 30_000
/** So many ends in a row are no accident. */
const tooOften = 4
/** Seconds without statistics, which come once a second, after which a process hangs. */
const mostSilent = 15

interface Slot extends ProcessState {
  process: ServerProcess | null
  silent: number
  /** Quick ends in a row. */
  ends: number
  retry?: NodeJS.Timeout
}

let lastProcess = 0

/** Resolves when all of its processes listen; rejects, with none left, where one does not start. */
export async function openServerGroup(options: GroupOptions): Promise<ServerGroup> {
  const { spawn, workers, onStatistics, onEnd, statisticsOfAll, onOutput, onChange } = options
  const { start } = options
  let { configuration } = options
  let isEnding = false
  let problem: ErrorReport | null = null
  const slots: Slot[] = workers.map((worker) => ({
    worker,
    pid: null,
    state: 'starting',
    restarts: 0,
    process: null,
    silent: 0,
    ends: 0,
  }))

  const launch = (slot: Slot): ServerProcess => {
    const id = ++lastProcess
    const startedAt = performance.now()
    const process = startServerProcess(spawn, {
      start: { ...start, worker: slot.worker, workers: workers.length },
      configuration,
      listener: {
        onStart: (pid) => (slot.pid = pid),
        onStatistics(statistics) {
          slot.silent = 0
          onStatistics(id, statistics)
        },
        statisticsOfAll,
        onOutput,
      },
    })
    slot.process = process
    slot.silent = 0
    const given = configuration
    void welcome(slot, { process, given }).catch(() => {})
    void process.ended.then((exit) => {
      onEnd(id)
      return slot.process === process && restart(slot, { exit, livedMs: performance.now() - startedAt })
    })
    return process
  }

  const welcome = async (
    slot: Slot,
    { process, given }: { process: ServerProcess; given: ServerConfiguration },
  ): Promise<void> => {
    await process.listening
    if (isEnding) return
    slot.state = 'ready'
    onChange()
    // What was wished for while it started.
    if (given !== configuration) await process.configure(configuration)
  }

  const restart = (slot: Slot, { exit, livedMs }: { exit: WorkerExit; livedMs: number }): void => {
    slot.process = null
    slot.pid = null
    if (isEnding) return
    slot.ends = livedMs > steadyMs ? 1 : slot.ends + 1
    slot.state = 'restarting'
    slot.restarts += 1
    const { name } = configuration
    const how = howItEnded(exit)
    problem = (
      slot.ends < tooOften
        ? deploymentError('ended', { name, how })
        : deploymentError('keeps-ending', { name, count: slot.ends, how })
    ).toReport()
    onChange()
    const waitMs = backOffMs[Math.min(slot.ends, backOffMs.length) - 1]!
    slot.retry = setTimeout(() => {
      if (!isEnding) launch(slot).listening.catch((error: unknown) => (problem = reportOf(error)))
    }, waitMs)
  }

  const end = (): ServerProcess[] => {
    isEnding = true
    return slots.flatMap((slot) => {
      clearTimeout(slot.retry)
      slot.state = 'draining'
      return slot.process ?? []
    })
  }
  const kill = (): void => {
    for (const process of end()) process.kill()
  }

  const [first] = await allListening(slots.map(launch), kill)

  return {
    port: first!.port,
    grpcPort: first!.grpcPort,
    workers,
    processes: () => slots.map(({ worker, pid, state, restarts }) => ({ worker, pid, state, restarts })),
    get problem() {
      return slots.every(({ state }) => state === 'ready') ? null : problem
    },
    get isFailing() {
      return slots.some(({ ends, state }) => state !== 'ready' && ends >= tooOften)
    },
    async configure(next) {
      configuration = next
      const ready = slots.flatMap(({ state, process }) => (state === 'ready' && process ? [process] : []))
      await Promise.all(ready.map((process) => process.configure(next)))
    },
    check() {
      for (const slot of slots) {
        slot.silent += 1
        if (slot.state === 'ready' && slot.silent > mostSilent) slot.process?.kill()
      }
    },
    async drain(patienceMs) {
      await Promise.all(end().map((process) => process.drain(patienceMs)))
    },
    kill,
  }
}

async function allListening(processes: readonly ServerProcess[], kill: () => void) {
  try {
    return await Promise.all(processes.map(({ listening }) => listening))
  } catch (error) {
    kill()
    await Promise.all(processes.map(({ ended }) => ended))
    throw error
  }
}
