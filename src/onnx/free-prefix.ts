import type { Message } from './messages.ts'

/** What no name of a graph begins with: `wanted`, or something like it. */
export function freePrefix(
  { node = [], initializer = [], input = [], output = [] }: Message<'Graph'>,
  wanted: string,
): string {
  const names = [
    ...node.flatMap((each) => each.output ?? []),
    ...[...initializer, ...input, ...output].map(({ name = '' }) => name),
  ]
  let prefix = wanted
  while (names.some((name) => name.startsWith(prefix))) prefix = `~${prefix}`
  return prefix
}
