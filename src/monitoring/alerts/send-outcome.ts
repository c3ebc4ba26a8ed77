/** What became of one attempt to tell somebody. `refused` is for good; `afterMs` is how long the receiver asked for. */
export type SendOutcome =
  | { outcome: 'delivered' }
  | { outcome: 'later'; problem: string; afterMs: number | null }
  | { outcome: 'refused'; problem: string }

export const later = (problem: string): SendOutcome => ({ outcome: 'later', problem, afterMs: null })
export const refused = (problem: string): SendOutcome => ({ outcome: 'refused', problem })

/** Why a connection failed, in plain words. */
export function connectionProblem(thrown: unknown): string {
  const { code } = (thrown ?? {}) as NodeJS.ErrnoException
  switch (code ?? '') {
    case 'ECONNREFUSED':
      return 'nothing answers there'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EDNS':
      return 'there is no such server'
    case 'ETIMEDOUT':
    case 'ETIMEOUT':
    case 'ABORT_ERR':
      return 'it did not answer in time'
    default:
      return `the connection failed${code === undefined ? '' : ` (${code})`}`
  }
}
