import type { OutputColumns } from '../../onnx/session.ts'

/** For whoever would read them as those of other classes. */
export function withoutProbabilities(outputs: OutputColumns): OutputColumns {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== 'probabilities'))
}

/** What parts of a request were answered, one after the other. */
export function joinOutputs(parts: readonly OutputColumns[]): OutputColumns {
  if (parts.length === 1) return parts[0]!
  const names = Object.keys(parts[0]!)
  return Object.fromEntries(
    names.map((name) => {
      const columns = parts.map((part) => part[name]!)
      const [first] = columns
      if (Array.isArray(first)) return [name, (columns as string[][]).flat()]
      const length = columns.reduce((sum, column) => sum + column.length, 0)
      const whole = first instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
      let at = 0
      for (const column of columns) {
        whole.set(column as Float64Array, at)
        at += column.length
      }
      return [name, whole]
    }),
  )
}
