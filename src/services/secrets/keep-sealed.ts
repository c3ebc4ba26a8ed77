import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { oneAtATime } from '../../core/one-at-a-time.ts'
import { writeAtomically } from '../../files/write-atomically.ts'
import { secretsError } from '../errors.ts'
import type { SecretKeeper } from './secret-keeper.ts'

/** Encrypts with a key that the system keeps for this user. */
export interface Seal {
  /** Where what is sealed lies. */
  file: string
  seal(text: string): Buffer
  unseal(bytes: Buffer): string
}

/** By name, each sealed, as base64. */
const fileSchema = z.strictObject({ format: z.literal(1), sealed: z.record(z.string(), z.base64()) })

/** Keeps secrets for good, in a file that nobody can read without this user's system. */
export function keepSealed(seal: Seal): SecretKeeper {
  const { file } = seal
  const sealed = (): Record<string, string> => {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).sealed
    } catch {
      return {}
    }
  }
  const exclusively = oneAtATime()
  const change = (how: (now: Record<string, string>) => void): Promise<void> =>
    exclusively(() => {
      const next = sealed()
      how(next)
      const text = `${JSON.stringify({ format: 1, sealed: next }, null, 2)}\n`
      return writeAtomically(file, (path) => writeFile(path, text, { mode: 0o600 }))
    })
  return {
    keeping: 'sealed',
    names: () => Promise.resolve(Object.keys(sealed())),
    async read(name) {
      const text = sealed()[name]
      if (text === undefined) return null
      try {
        return seal.unseal(Buffer.from(text, 'base64'))
      } catch (cause) {
        throw secretsError('unsealed', { name }, { cause })
      }
    },
    keep: (name, value) => change((now) => (now[name] = seal.seal(value).toString('base64'))),
    forget: (name) => change((now) => delete now[name]),
  }
}
