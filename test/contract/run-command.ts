import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { join } from 'node:path'

const stubCommand = join(import.meta.dirname, 'stub-command.ts')
/** `pipewright` with the nodes it comes with. */
export const builtInCommand = join(import.meta.dirname, '../../src/hosts/cli/pipewright.js')

export type CommandOptions = SpawnOptions & {
  command?: string
  /** A command, with its arguments, that starts the command: `taskset -c 0`. */
  prefix?: readonly string[]
}

export interface CommandOutcome {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface RunningCommand {
  child: ChildProcess
  outcome: Promise<CommandOutcome>
  /** Settles when standard output or standard error has this text; rejects when the process ends without. */
  saw(text: string): Promise<void>
  /** What it has written to standard output so far. */
  said(): string
}

/** Starts `pipewright` (with the stub nodes, unless told otherwise) as a process of its own. */
export function startCommand(
  args: readonly string[],
  { command = stubCommand, prefix = [], ...options }: CommandOptions = {},
): RunningCommand {
  const words = [...prefix, process.execPath, command, ...args]
  const child = spawn(words[0]!, words.slice(1), {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
      for (const listener of listeners) listener()
    })
  const outcome = new Promise<CommandOutcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...said }))
  })
  return {
    child,
    outcome,
    said: () => said.stdout,
    saw: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.stdout.includes(text) || said.stderr.includes(text)) resolve()
        }
        listeners.add(look)
        look()
        void outcome.then((ended) => reject(new Error(`never said “${text}”: ${JSON.stringify(ended)}`)))
      }),
  }
}

export const runCommand = (args: readonly string[], options?: CommandOptions): Promise<CommandOutcome> =>
  startCommand(args, options).outcome

/** What a command prints that ends with 0. Throws all that it said when it ends otherwise. */
export async function stdoutOf(args: readonly string[], options?: CommandOptions): Promise<string> {
  const outcome = await runCommand(args, options)
  if (outcome.code !== 0) throw new Error(describeOutcome(args, outcome))
  return outcome.stdout
}

/** How a command ended and all that it said, for the message of a test. */
export function describeOutcome(
  args: readonly string[],
  { code, signal, stdout, stderr }: CommandOutcome,
): string {
  return `pipewright ${args.join(' ')} ended with ${code ?? signal}\nstdout:\n${stdout}\nstderr:\n${stderr}`
}
