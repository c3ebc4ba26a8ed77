import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactKind } from '../../src/core/artifacts.ts'
import type { RunEvent } from '../../src/engine/run-events.ts'
import {
  builtInCommand,
  describeOutcome,
  runCommand,
  startCommand,
  stdoutOf,
  type CommandOutcome,
  type RunningCommand,
} from '../contract/run-command.ts'
import { statesOf } from '../fixtures/stub-nodes/open-stub-engine.ts'

const examples = join(import.meta.dirname, '../../examples')

export type ExampleName =
  | 'telco-churn'
  | 'adult-income'
  | 'california-housing'
  | 'diamonds'
  | 'titanic'
  | 'sms-spam'
  | 'shops'

/** What `pipewright run --json` said, line by line. */
export interface ToldRun {
  code: number | null
  stderr: string
  lastLine: string
  events: RunEvent[]
  /** What each node came to, such as `done`, `cached`. */
  states: Record<string, string>
  metrics: Record<string, number>
}

/** What `runs show --json` has of a step. */
export interface ShownStep {
  node: string
  state: string
  outputs: Record<string, { kind: ArtifactKind; hash: string; rows?: number }>
}

/** A copy of an example, its data included, and the command that people run there. */
export class ExampleWorkspace implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'pipewright-example-'))
  readonly file: string
  readonly name: ExampleName

  constructor(name: ExampleName) {
    this.name = name
    this.file = `${name}.pipeline.json`
    cpSync(join(examples, name), this.folder, {
      recursive: true,
      filter: (path) => !path.endsWith('.pipewright'),
    })
  }

  get #options() {
    return { cwd: this.folder, command: builtInCommand }
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content)
    return name
  }

  pipewright(...args: readonly string[]): Promise<CommandOutcome> {
    return runCommand(args, this.#options)
  }

  start(...args: readonly string[]): RunningCommand {
    return startCommand(args, this.#options)
  }

  /** As a terminal starts a command: Ctrl-C reaches all processes of its group. */
  startInGroup(...args: readonly string[]): RunningCommand {
    return startCommand(args, { ...this.#options, detached: true })
  }

  /** The one JSON document that a command prints. */
  async ask<Answer>(...args: readonly string[]): Promise<Answer> {
    return JSON.parse(await stdoutOf([...args, '--json'], this.#options)) as Answer
  }

  /** Runs the pipeline of the example. */
  async run(...args: readonly string[]): Promise<ToldRun> {
    return toldRun(await this.pipewright('run', this.file, '--json', ...args))
  }

  /** The hash of each output of each step of the last run, as `node.port`. */
  async hashes(): Promise<Record<string, string>> {
    const { steps } = await this.ask<{ steps: ShownStep[] }>('runs', 'show')
    return Object.fromEntries(
      steps.flatMap(({ node, outputs }) =>
        Object.entries(outputs).map(([port, { hash }]) => [`${node}.${port}`, hash]),
      ),
    )
  }

  /** Changes the text of the pipeline file, as an editor would. */
  edit(replace: string, by: string): void {
    const text = this.read(this.file)
    if (!text.includes(replace)) throw new Error(`${this.file} does not have ${replace}`)
    this.write(this.file, text.replace(replace, by))
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

export function toldRun(outcome: CommandOutcome): ToldRun {
  const { code, stdout, stderr } = outcome
  const lines = stdout.trimEnd().split('\n')
  const lastLine = lines.pop() ?? ''
  if (!lastLine.startsWith('{')) throw new Error(describeOutcome(['run'], outcome))
  const events = lines.map((line) => JSON.parse(line) as RunEvent)
  const { metrics } = JSON.parse(lastLine) as { metrics: Record<string, number> }
  return { code, stderr, lastLine, events, states: statesOf(events), metrics }
}
