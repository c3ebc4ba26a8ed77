/** An event as the engine words it; storage keeps it as JSON. */
export interface RunEvent {
  readonly event: string
  readonly [field: string]: unknown
}
export type Stored<Event> = Event & { readonly sequence: number }

export interface Events {
  /** Gives each event its run's next number (from 1 on) and stores it durably; only then may it be told. */
  append<Event extends { readonly event: string }>(runId: string, events: readonly Event[]): Stored<Event>[]
  /** The events of a run with a number above `sequence`, in order. */
  after(runId: string, sequence: number, limit?: number): Stored<RunEvent>[]
}
