import type { Measured, Command } from './run-measured.ts'
import { runMeasured } from './run-measured.ts'
import { seriesOf } from './series.ts'
import type { Row } from './benchmark.ts'

/** What a command did and what it printed about it, as numbers by name. */
export interface Turn extends Measured {
  printed: Readonly<Record<string, number>>
}

/** Runs commands in turns, so often each. `read` finds the numbers in what a command printed: its last line, unless said. */
export async function takeTurns<Name extends string>(options: {
  rounds: number
  say: (text: string) => void
  about: string
  commands: Readonly<Record<Name, (round: number) => Promise<Command> | Command>>
  read?: Partial<Record<Name, (stdout: string) => Record<string, number>>>
}): Promise<Record<Name, Turn[]>> {
  const { rounds, say, about, commands, read } = options
  const names = Object.keys(commands) as Name[]
  const turns = Object.fromEntries(names.map((name) => [name, [] as Turn[]])) as Record<Name, Turn[]>
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      say(`${about}, round ${round} of ${rounds}: ${name}.`)
      const measured = await runMeasured(await commands[name](round))
      const printed = (read?.[name] ?? lastLine)(measured.stdout)
      turns[name].push({ ...measured, printed })
    }
  }
  return turns
}

function lastLine(stdout: string): Record<string, number> {
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>
}

export const medianOf = (turns: readonly Turn[], of: (turn: Turn) => number): number =>
  seriesOf(turns.map(of)).median

/** A row of the table a quantity: what each turn took by it. */
export function rowOf(name: string, unit: Row['unit'], values: readonly number[]): Row {
  return { name, unit, series: seriesOf(values) }
}

/** A number that a command has to print. */
export function printedNumber({ printed }: Turn, name: string): number {
  const number = printed[name]
  if (number === undefined) throw new Error(`“${name}” was not printed`)
  return number
}

export const foreignSharesOf = (turns: Readonly<Record<string, readonly Turn[]>>): number[] =>
  Object.values(turns).flatMap((each) => each.map(({ foreignShare }) => foreignShare))
