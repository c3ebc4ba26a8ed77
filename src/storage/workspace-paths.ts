import { realpathSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { sha256OfText } from '../files/sha256.ts'

/** Where everything of a workspace lies. `folder` is the user's; the rest stands in `<folder>/.pipewright`. */
export interface WorkspacePaths {
  folder: string
  root: string
  tracking: string
  artifacts: string
  staging: string
  logs: string
  /** A folder for each deployment, by name. */
  deployments: string
  /** What ids of predictions are signed with. */
  secret: string
  lock: string
  /** Path of the host's local socket; a named pipe on Windows. */
  socket: string
}

/** `sockaddr_un` holds 104 bytes on macOS and 108 on Linux, the final zero among them. */
const socketPathBytes = 100

/** The same for every way to name the same folder, so that a second host finds the first one's socket. */
export function workspacePaths(folder: string): WorkspacePaths {
  const real = realPath(resolve(folder))
  const root = join(real, '.pipewright')
  return {
    folder: real,
    root,
    tracking: join(root, 'tracking.db'),
    artifacts: join(root, 'artifacts'),
    staging: join(root, 'staging'),
    logs: join(root, 'logs'),
    deployments: join(root, 'deployments'),
    secret: join(root, 'serving.secret'),
    lock: join(root, 'host.lock'),
    socket: socketPath(root),
  }
}

function socketPath(root: string): string {
  const name = sha256OfText(root).slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\pipewright-${name}`
  const candidates = [
    root,
    ...[tmpdir(), '/tmp'].map((folder) => join(folder, `pipewright-${userInfo().uid}`)),
  ]
  const [inWorkspace, ...short] = candidates.map((folder, index) =>
    join(folder, index === 0 ? 'host.sock' : `${name}.sock`),
  )
  const fits = (path: string): boolean => Buffer.byteLength(path) < socketPathBytes
  return fits(inWorkspace!) ? inWorkspace! : short.find(fits)!
}

function realPath(folder: string): string {
  try {
    return realpathSync.native(folder)
  } catch {
    return folder
  }
}

/** Where the answers of a deployment, and what was said about them, are logged. */
export const deploymentLogFolder = (
  { deployments }: Pick<WorkspacePaths, 'deployments'>,
  name: string,
): string => join(deployments, name, 'log')
