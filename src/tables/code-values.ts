/** Values as whole numbers: value i of the list stands where the code is i. Codes count up by first appearance. */
export function codeValues(values: Float64Array | readonly string[]): {
  codes: Uint32Array
  values: (number | string)[]
} {
  const codes = new Uint32Array(values.length)
  const codeOf = new Map<number | string, number>()
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    let code = codeOf.get(value)
    if (code === undefined) {
      code = codeOf.size
      codeOf.set(value, code)
    }
    codes[row] = code
  }
  return { codes, values: [...codeOf.keys()] }
}
