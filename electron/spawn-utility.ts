import { utilityProcess } from 'electron'
import type { SpawnWorker } from '../src/engine/worker-process.ts'

/** Workers as utility processes: the app cannot be run as Node, so it cannot be forked either. */
export function spawnUtility(
  entry: string,
  { serviceName, env }: { serviceName: string; env: NodeJS.ProcessEnv },
): SpawnWorker {
  return () => {
    const child = utilityProcess.fork(entry, [], { stdio: 'pipe', serviceName, env })
    let isThere = true
    child.once('exit', () => (isThere = false))
    return {
      onStart(listener) {
        const tell = (): void => void (child.pid !== undefined && listener(child.pid))
        if (child.pid === undefined) child.once('spawn', tell)
        else tell()
      },
      send: (message) => {
        if (isThere) child.postMessage(message, [])
      },
      onMessage: (listener) => void child.on('message', listener),
      onOutput(listener) {
        for (const stream of [child.stdout, child.stderr])
          stream?.on('data', (piece: Buffer | string) => listener(String(piece)))
      },
      onExit: (listener) => void child.once('exit', (code) => listener({ code, signal: null })),
      kill: () => void child.kill(),
    }
  }
}
