import type { Sql } from './sql.ts'

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

export function createEvents(sql: Sql): Events {
  return {
    append: (runId, events) =>
      sql.transaction(() => {
        const { last } = sql.get<{ last: number }>(
          'select coalesce(max(sequence), 0) as last from events where run_id = :runId',
          { runId },
        )!
        return events.map((event, index) => {
          const sequence = last + 1 + index
          sql.run('insert into events (run_id, sequence, body) values (:runId, :sequence, :body)', {
            runId,
            sequence,
            body: JSON.stringify(event),
          })
          return { ...event, sequence }
        })
      }),
    after: (runId, sequence, limit = -1) =>
      sql
        .all<{ sequence: number; body: string }>(
          `select sequence, body from events where run_id = :runId and sequence > :sequence
           order by sequence limit :limit`,
          { runId, sequence, limit },
        )
        .map(storedOf),
  }
}

const storedOf = (row: { sequence: number; body: string }): Stored<RunEvent> => ({
  ...(JSON.parse(row.body) as RunEvent),
  sequence: row.sequence,
})
