import type { Message } from '../messages.ts'

/**
 * The texts that a label is chosen from, by the code of the class: those of the list that a code is looked up in, which
 * is how graphs turn a class into a text. Null where the label comes about in another way.
 */
export function labelTexts(
  { node = [], initializer = [] }: Message<'Graph'>,
  label: string,
): string[] | null {
  const producers = new Map(node.flatMap((each) => (each.output ?? []).map((name) => [name, each] as const)))
  const constants = new Map(initializer.map((each) => [each.name, each]))
  const listOf = (name: string | undefined): string[] | null => {
    const producer = producers.get(name ?? '')
    const constant = producer?.opType === 'Constant' ? constantOf(producer) : constants.get(name)
    return constant?.stringData ? constant.stringData.map(textOf) : null
  }
  // Each step goes to a node that was not looked at, so it ends.
  const seen = new Set<string>()
  for (let value = label; !seen.has(value);) {
    seen.add(value)
    const producer = producers.get(value)
    if (!producer) return null
    const [first = '', second = ''] = producer.input ?? []
    if (producer.opType === 'Gather' || producer.opType === 'ArrayFeatureExtractor') return listOf(first)
    if (producer.opType === 'LabelEncoder') return textsByCode(producer)
    if (!passing.has(producer.opType ?? '')) return null
    value = producer.opType === 'Where' ? second : first
  }
  return null
}

/** What hands texts on; `Where` stands behind a label for the rows that have no answer. */
const passing = new Set(['Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Where'])

function constantOf({ attribute = [] }: Message<'Node'>): Message<'Tensor'> | undefined {
  return attribute.find(({ name }) => name === 'value')?.t
}

/** Of an operator that gives each of the codes 0, 1, 2, … a text. */
function textsByCode({ attribute = [] }: Message<'Node'>): string[] | null {
  const codes = attribute.find(({ name }) => name === 'keys_int64s')?.ints
  const texts = attribute.find(({ name }) => name === 'values_strings')?.strings
  if (!codes || texts?.length !== codes.length) return null
  const byCode = new Map(Array.from(codes, (code, index) => [Number(code), textOf(texts[index]!)]))
  const inOrder = texts.map((_, code) => byCode.get(code))
  return inOrder.every((text) => text !== undefined) ? inOrder : null
}

const textOf = (text: string | Uint8Array): string =>
  typeof text === 'string' ? text : Buffer.from(text).toString()
