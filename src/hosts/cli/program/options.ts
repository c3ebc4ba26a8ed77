import { InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../command-context.ts'
import type { ExitCode } from '../exit-codes.ts'

/** Does a command's work and keeps how it ended; given by whoever runs the program. */
export type Act = (work: (context: CommandContext) => Promise<ExitCode>) => Promise<void>

export interface WorkspaceOption {
  workspace?: string
}
export interface ListOptions extends WorkspaceOption {
  json: boolean
}
export interface ShowOptions extends ListOptions {
  html?: string
}
export interface CheckOptions extends ListOptions {
  param: string[]
}
export interface RunOptions extends CheckOptions {
  to: string[]
  from: string[]
  trust: boolean
}
export interface TestOptions extends CheckOptions {
  junit?: string
  endpoints: boolean
  trust: boolean
}
export interface PredictOptions extends ListOptions {
  output: string
  rejects?: string
}
export interface ExportOptions extends ListOptions {
  output: string
}
export interface ImportOptions extends ListOptions {
  name: string
  columns?: string[]
  labels?: string[]
  target?: string
  positive?: string
  mapping?: string
  reference?: string
  alias: string[]
}
export interface ExplainOptions extends ListOptions {
  row: string
  class?: string
  counterfactual: boolean
  want?: string
  atLeast?: number
  atMost?: number
  change: string[]
  mostChanges: number
}

export interface StudioOptions {
  port?: number
  open: boolean
}

export const paramOption = (): Option =>
  new Option('--param <name=value>', 'value of a parameter of the pipeline (repeatable)')
    .argParser(collect)
    .default([])

export const workspaceOption = (): Option =>
  new Option('--workspace <dir>', 'workspace folder; else the nearest above that has one')

export const collect = (value: string, before: string[]): string[] => [...before, value]

/** Names between commas; one with a comma in it stands in double quotes. */
export function commaSeparated(text: string): string[] {
  const names = text.match(/"[^"]*"|[^,]+/g) ?? []
  return names.map((name) => name.trim().replaceAll(/^"|"$/g, '')).filter((name) => name !== '')
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('Give a whole number from 1.')
  return Number(text)
}

export function anyNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Give a number.')
  return value
}

export function fewChanges(text: string): number {
  if (!/^[1-5]$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 5.')
  return Number(text)
}

export function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('Give a whole number up to 65535.')
  return Number(text)
}

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
