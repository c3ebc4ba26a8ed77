import { InvalidArgumentError } from 'commander'
import type { DeploymentSpec } from '../../../core/deployment.ts'
import type { ListOptions } from './options.ts'

export interface ServeOptions extends ListOptions {
  name?: string
  port?: number
  workers?: number
  host?: string
  token?: string
  allowHost: string[]
  fallback?: DeploymentSpec['fallback']
  grpcPort?: number
  timeout?: number
  logShare?: number
  stickyBy?: string
  canary?: string
  canaryShare: number
  shadow?: string
}
export interface LogOptions extends ListOptions {
  search?: string
  limit: number
  follow: boolean
}
export interface FeedbackOptions extends ListOptions {
  file?: string
  comment?: string
}
export interface PromoteOptions extends ListOptions {
  by?: string
  note: string
}

export function fallbackOf(text: string): DeploymentSpec['fallback'] {
  if (text === 'none') return { kind: 'none' }
  const [, kind, value = ''] = /^(constant|version|rule):(.+)$/s.exec(text) ?? []
  if (kind === 'constant') return { kind, answer: Number.isFinite(Number(value)) ? Number(value) : value }
  if (kind === 'version') return { kind, reference: value }
  if (kind === 'rule') return { kind, expression: value }
  throw new InvalidArgumentError(
    'Give none, constant:ANSWER, version:MODEL:VERSION or rule:EXPRESSION over the columns of a request.',
  )
}

export function shareOf(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share <= 1))
    throw new InvalidArgumentError('Give a number from 0 to 1.')
  return share
}

export function fewProcesses(text: string): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) < 1 || Number(text) > 64)
    throw new InvalidArgumentError('Give a whole number from 1 to 64.')
  return Number(text)
}

export function milliseconds(text: string): number {
  if (!/^\d{2,6}$/.test(text) || Number(text) < 10 || Number(text) > 600_000)
    throw new InvalidArgumentError('Give milliseconds from 10 to 600000.')
  return Number(text)
}
