import type { SampledValues } from '../contract/model-sample.ts'

/** Takes the values of a column one by one, all of them numbers or all of them texts. */
export interface GatheredValues {
  readonly rows: number
  add(value: number | string): void
  /** Null without a value. */
  encoded(): SampledValues | null
}

export function gatherValues(): GatheredValues {
  const numbers: number[] = []
  const codes: number[] = []
  const codeOf = new Map<string, number>()
  return {
    get rows() {
      return numbers.length + codes.length
    },
    add(value) {
      if (typeof value === 'number') {
        numbers.push(value)
        return
      }
      const code = codeOf.get(value) ?? codeOf.size
      codeOf.set(value, code)
      codes.push(code)
    },
    encoded() {
      if (numbers.length > 0) return { numbers: base64Of(Float64Array.from(numbers)) }
      return codes.length > 0 ? { texts: [...codeOf.keys()], codes: base64Of(Uint32Array.from(codes)) } : null
    },
  }
}

const base64Of = ({ buffer }: Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): string =>
  Buffer.from(buffer).toString('base64')
