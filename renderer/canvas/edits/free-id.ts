/** The wish, or the wish with the first number from 2 that nobody has. Fits the pattern of node ids. */
export function freeId(wish: string, isTaken: (id: string) => boolean): string {
  if (!isTaken(wish)) return wish
  const stem = wish.replace(/-\d+$/, '').slice(0, 58)
  let number = 2
  while (isTaken(`${stem}-${number}`)) number++
  return `${stem}-${number}`
}
