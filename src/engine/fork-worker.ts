import type { SpawnWorker } from './worker-process.ts'

/** Step workers as processes of Node: `entry` is the module that serves steps. */
export declare function forkWorker(entry: string): SpawnWorker
