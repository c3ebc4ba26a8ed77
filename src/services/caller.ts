/** Who calls an operation. Lets work end with the connection that asked for it. */
export interface Caller {
  /** Aborted when the connection is gone. */
  readonly gone: AbortSignal
}

/** What every handler of the contract gets beside its input. */
export interface CallContext {
  caller: Caller
}
