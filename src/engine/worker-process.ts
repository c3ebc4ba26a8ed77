/** How a step worker's process ended. */
export interface WorkerExit {
  code: number | null
  signal: string | null
  /** Why it could not be started at all. */
  problem?: string
}

/** A step worker as its host sees it. Node's `child_process` and Electron's `utilityProcess` both fit. */
export interface WorkerProcess {
  /** Told once it runs; at once where it does already, and never where it could not be started. */
  onStart(listener: (pid: number) => void): void
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** What it prints, to standard output and standard error alike. */
  onOutput(listener: (text: string) => void): void
  /** Told once; also when the process could not be started. */
  onExit(listener: (exit: WorkerExit) => void): void
  /** Ends the process at once, whatever it is doing. */
  kill(): void
}

export type SpawnWorker = () => WorkerProcess
