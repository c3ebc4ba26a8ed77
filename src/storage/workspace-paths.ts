/** Where everything of a workspace lies. `folder` is the user's; the rest stands in `<folder>/.pipewright`. */
export interface WorkspacePaths {
  folder: string
  root: string
  tracking: string
  artifacts: string
  staging: string
  logs: string
  lock: string
  /** Path of the host's local socket; a named pipe on Windows. */
  socket: string
}

export declare function workspacePaths(folder: string): WorkspacePaths
