import type { Message } from './messages.ts'

/** An attribute's value with its kind said aloud: ONNX cannot tell 1 from 1.0. */
export type AttributeValue =
  | { f: number }
  | { i: number }
  | { s: string }
  | { t: Message<'Tensor'> }
  | { floats: ArrayLike<number> }
  | { ints: ArrayLike<number> }
  | { strings: readonly string[] }
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>

/** AttributeProto.AttributeType. */
const kinds = { f: 1, i: 2, s: 3, t: 4, floats: 6, ints: 7, strings: 8 } as const

export function attributeMessages(attributes: Attributes): Message<'Attribute'>[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (!value) return []
    const kind = Object.keys(value)[0] as keyof typeof kinds
    return [{ name, ...value, type: kinds[kind] }]
  })
}
