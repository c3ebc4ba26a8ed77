/** What looking at a source gave (shapes of its outputs), by a key of the engine's making. */
export interface Probes {
  get(key: string): unknown
  put(key: string, value: unknown, options: { now: number }): void
}
