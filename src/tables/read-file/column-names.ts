/**
 * Names of columns from what a file calls them: white space and control characters become single spaces, an empty
 * name is `column_3` by its place, and a name that was there already (capital letters make no difference) gets `_2`.
 */
export function columnNames(given: readonly string[]): string[] {
  const taken = new Set<string>()
  return given.map((raw, index) => {
    const base =
      raw
        .toWellFormed()
        .replace(/[\s\p{Cc}\ufeff]+/gu, ' ')
        .trim() || `column_${index + 1}`
    let name = base
    for (let count = 2; taken.has(key(name)); count++) name = `${base}_${count}`
    taken.add(key(name))
    return name
  })
}

const key = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
