import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect } from 'vitest'
import { ExampleWorkspace, type ExampleName } from '../acceptance/example-workspace.ts'
import type { RunningCommand } from '../contract/run-command.ts'

/** The workspace of an example, another one for each test, and the commands that were started in it. */
export interface UsedExample {
  readonly workspace: ExampleWorkspace
  start(...args: string[]): RunningCommand
  /** As a terminal does: Ctrl-C reaches all processes of its group. */
  startInGroup(...args: string[]): RunningCommand
  /** A new workspace in place of this one. */
  renew(): void
  expectNothingStaged(): void
}

/** For the tests of a file; what was started and is still there after a test is killed. */
export function useExample(name: ExampleName): UsedExample {
  let workspace: ExampleWorkspace
  let started: RunningCommand[] = []
  const kept = (command: RunningCommand): RunningCommand => {
    started.push(command)
    return command
  }
  beforeEach(() => {
    workspace = new ExampleWorkspace(name)
  })
  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map(({ outcome }) => outcome))
    started = []
    workspace[Symbol.dispose]()
  })
  return {
    get workspace() {
      return workspace
    },
    start: (...args) => kept(workspace.start(...args)),
    startInGroup: (...args) => kept(workspace.startInGroup(...args)),
    renew() {
      workspace[Symbol.dispose]()
      workspace = new ExampleWorkspace(name)
    },
    expectNothingStaged: () => expect(readdirSync(workspace.path('.pipewright/staging'))).toEqual([]),
  }
}

/** The nodes that came to a state. */
export const nodesThat = (states: Readonly<Record<string, string>>, state: string): string[] =>
  Object.keys(states).filter((node) => states[node] === state)
