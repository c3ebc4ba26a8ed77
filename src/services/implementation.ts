import { implement } from '@orpc/server'
import { contract } from '../contract/contract.ts'
import type { CallContext } from './caller.ts'

/** The contract, to be filled with handlers. */
export const implementation = implement(contract).$context<CallContext>()
