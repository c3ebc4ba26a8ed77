import { z } from 'zod'
import { secretName } from '../core/secret-reference.ts'
import { operation } from './operation.ts'

const name = z.string().regex(secretName)

const answer = z.strictObject({
  /** By name. `environment`: given from outside, and only to be changed there. */
  secrets: z.array(z.strictObject({ name: z.string(), from: z.enum(['environment', 'kept']) })),
  /** `sealed`: what is kept is kept for good, encrypted by the system. `session`: until Pipewright ends. */
  keeping: z.enum(['sealed', 'session']),
})

/** Secrets can be given and forgotten; nothing here tells what one is. */
export const secretsContract = {
  list: operation.output(answer),
  keep: operation.input(z.strictObject({ name, value: z.string().min(1).max(10_000) })).output(answer),
  forget: operation.input(z.strictObject({ name })).output(answer),
}
