import { secretVariable, secretVariablePrefix } from '../../core/secret-reference.ts'
import { secretsError } from '../errors.ts'
import type { SecretKeeper } from './secret-keeper.ts'

/** The secrets of this host. What the environment gives counts before what is kept. */
export interface Secrets {
  readonly keeping: SecretKeeper['keeping']
  list(): Promise<{ name: string; from: 'environment' | 'kept' }[]>
  /** Null where there is no such secret. For whoever uses it: the contract has no way to it. */
  read(name: string): Promise<string | null>
  keep(name: string, value: string): Promise<void>
  forget(name: string): Promise<void>
}

export function openSecrets(keeper: SecretKeeper, environment: NodeJS.ProcessEnv = process.env): Secrets {
  const given = (name: string): string | undefined => environment[secretVariable(name)]
  const refuseGiven = (name: string): void => {
    if (given(name) !== undefined) throw secretsError('given', { name, variable: secretVariable(name) })
  }
  return {
    keeping: keeper.keeping,
    async list() {
      const fromOutside = Object.keys(environment)
        .filter((variable) => variable.startsWith(secretVariablePrefix))
        .map((variable) => variable.slice(secretVariablePrefix.length).toLowerCase())
      const kept = (await keeper.names()).filter((name) => given(name) === undefined)
      return [
        ...fromOutside.map((name) => ({ name, from: 'environment' as const })),
        ...kept.map((name) => ({ name, from: 'kept' as const })),
      ].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    },
    read: async (name) => given(name) ?? (await keeper.read(name)),
    async keep(name, value) {
      refuseGiven(name)
      await keeper.keep(name, value)
    },
    async forget(name) {
      refuseGiven(name)
      await keeper.forget(name)
    },
  }
}
