import { forbiddenKeys } from './pipeline.ts'

/** The wish, or the wish with the first number that makes it free; at most 64 characters. */
export function freeName(wish: string, isTaken: (name: string) => boolean): string {
  let name = wish
  for (let number = 2; isTaken(name) || forbiddenKeys.has(name); number++)
    name = `${wish.slice(0, 64 - String(number).length)}${number}`
  return name
}
