import type { RunHandle } from '../engine/open-engine.ts'
import type { Caller } from './caller.ts'
import type { HostServices } from './services.ts'

/** Counts a run as work of the host and, where a caller is given, cancels it when that caller is gone. */
export function followRun(run: RunHandle, options: { host: HostServices; caller: Caller | null }): void {
  const { host, caller } = options
  host.work.track(run.finished, caller?.gone)
  if (!caller) return
  const cancel = (): void => run.cancel()
  if (caller.gone.aborted) return cancel()
  caller.gone.addEventListener('abort', cancel, { once: true })
  void run.finished.finally(() => caller.gone.removeEventListener('abort', cancel))
}
