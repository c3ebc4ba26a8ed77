import type { RunHandle } from '../engine/open-engine.ts'
import type { Caller } from './caller.ts'
import type { HostServices } from './services.ts'

/**
 * Counts a run as work of the host, tells of it in the workspace and, where a caller is given, cancels it when that
 * caller is gone. What started by itself is not waited for when the host closes: the next one goes on with it.
 */
export function followRun(
  run: RunHandle,
  options: { host: HostServices; caller: Caller | null; isSelfStarted?: boolean },
): void {
  const { host, caller, isSelfStarted = false } = options
  if (!isSelfStarted) host.work.track(run.finished, caller?.gone)
  // What cannot be read back was not written either, which `finished` rejects with.
  tellOfRun(run, host).catch(() => {})
  if (!caller) return
  const cancel = (): void => run.cancel()
  if (caller.gone.aborted) return cancel()
  caller.gone.addEventListener('abort', cancel, { once: true })
  const forget = (): void => caller.gone.removeEventListener('abort', cancel)
  run.finished.then(forget, forget)
}

async function tellOfRun(run: RunHandle, { happenings, sketches }: HostServices): Promise<void> {
  for await (const event of run.events()) {
    const { at } = event
    if (event.event === 'run-started') {
      const { pipelineName, pipelinePath } = event
      happenings.tell({ event: 'run-started', at, run: run.id, pipelineName, pipelinePath })
    } else if (event.event === 'run-finished') {
      happenings.tell({ event: 'run-finished', at, run: run.id, status: event.status })
    } else if (event.event === 'step-finished' || event.event === 'step-cached') {
      const tables = Object.values(event.outputs).filter(({ kind }) => kind === 'table')
      sketches.add(tables.map(({ hash }) => hash))
      if (event.event === 'step-cached') continue
      for (const effect of event.effects)
        if (effect.kind === 'registered-model') {
          const { model, version } = effect
          happenings.tell({ event: 'model-registered', at, model, version })
        }
    }
  }
}
