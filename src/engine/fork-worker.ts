import { fork, type ChildProcess } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import type { SpawnWorker, WorkerExit } from './worker-process.ts'

/**
 * Megabytes of half of the space for new objects. V8 would take twice as much on a large machine, and chunks of rows fill
 * whatever there is before it is collected. What a request of a model server leaves behind is little.
 */
const youngSpaces = { chunks: 16, requests: 4 } as const

/**
 * For glibc, which gives each thread a heap of its own, keeps what was freed in any of them, and takes ever larger pieces out
 * of them: a model server has little to do for its other threads, and gives large bodies back to the system.
 */
export const serverMemory = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(128 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(512 * 1024),
} as const

/** How long a dead worker's last words are waited for. */
const lastWordsMs = 500

/** Step workers as processes of Node: `entry` is the path of the module that serves steps. */
export function forkWorker(
  entry: string,
  environment: NodeJS.ProcessEnv = process.env,
  youngSpace: keyof typeof youngSpaces = 'chunks',
): SpawnWorker {
  return () => {
    const child = fork(entry, [], {
      env: { ...withCompileCache(environment), ...(youngSpace === 'requests' && serverMemory) },
      execArgv: [`--max-semi-space-size=${youngSpaces[youngSpace]}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const exited = exitOf(child)
    return {
      onStart: (listener) => void (child.pid !== undefined && listener(child.pid)),
      // A worker that has just died is told by its exit; nothing is to be done about the message.
      send: (message) => void (child.connected && child.send(message as object, () => {})),
      onMessage: (listener) => void child.on('message', listener),
      onOutput(listener) {
        for (const stream of [child.stdout, child.stderr])
          stream?.setEncoding('utf8').on('data', (text: string) => listener(text))
      },
      onExit: (listener) => void exited.then(listener),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}

/** Where this process keeps compiled code, in a folder of this version of Node, a worker finds and keeps its own. */
function withCompileCache(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  return folder === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: dirname(folder) }
}

function exitOf(child: ChildProcess): Promise<WorkerExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const tell = (): void => resolve({ code, signal })
      child.once('close', tell)
      setTimeout(tell, lastWordsMs).unref()
    })
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, problem: error.message })
    })
  })
}
