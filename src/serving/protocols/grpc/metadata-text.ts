import type { Metadata } from '@grpc/grpc-js'

/** The first value that a caller sent under a name. */
export function textOf(metadata: Metadata, name: string): string | undefined {
  const [value] = metadata.get(name)
  return value === undefined ? undefined : String(value)
}
