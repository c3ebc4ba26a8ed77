import { attributeMessages } from './attributes.ts'
import { freePrefix } from './free-prefix.ts'
import type { Message } from './messages.ts'
import { elementCodes, tensor } from './tensor.ts'
import { numbersOfTensor } from './tensor-numbers.ts'

type Graph = Message<'Graph'>
type Node = Message<'Node'>

/** A tensor that holds several inputs of a graph, float64 [N, width], and what stands where in it. */
export interface PackedInputs {
  name: string
  width: number
  columns: readonly PackedColumn[]
}

/** An input of the graph before: `width` numbers a row, or a text that is looked up. */
export interface PackedColumn {
  tensorName: string
  at: number
  width: number
  codes: TextCodes | null
}

/** The numbers of texts, and that of all others. */
export interface TextCodes {
  known: ReadonlyMap<string, number>
  others: number
}

/** What the graph takes from one input: the input itself, or the codes of its texts. */
interface Source {
  tensorName: string
  /** The value that the other nodes work with. */
  value: string
  width: number
  codes: TextCodes | null
  /** The node that looks texts up, and is left out. */
  lookUp: Node | null
}

/**
 * The same graph with its inputs in one tensor: handing a tensor over takes longer than most operators take for a row. Texts
 * that the graph only looks up among known ones are looked up before. Null where there is nothing to win.
 */
export function withPackedInputs(graph: Graph): { graph: Graph; packed: PackedInputs } | null {
  const { input = [], node = [], output = [], initializer = [] } = graph
  const uses = usesIn(graph)
  const sources = input.flatMap((each) => sourceOf(each, uses) ?? [])
  if (sources.length < 2 && !sources.some(({ codes }) => codes)) return null
  const isOutput = new Set(output.map(({ name }) => name))
  const joins = node.filter((each) => joinsOnly(each, { sources, uses, isOutput }))
  const joined = new Set(joins.flatMap((each) => each.input ?? []))
  const byValue = new Map(sources.map((source) => [source.value, source]))
  const parts = [
    ...joins.map((each) => ({
      value: each.output![0]!,
      of: each.input!.map((value) => byValue.get(value)!),
    })),
    ...sources
      .filter(({ value }) => !joined.has(value))
      .map((source) => ({ value: source.value, of: [source] })),
  ]
  const widths = parts.map(({ of }) => of.reduce((sum, { width }) => sum + width, 0))
  const width = widths.reduce((sum, each) => sum + each, 0)
  const prefix = freePrefix(graph, 'packed ')
  const isWhole = parts.length === 1 && !isOutput.has(parts[0]!.value)
  const name = isWhole ? parts[0]!.value : `${prefix}inputs`
  const split: Node = {
    opType: 'Split',
    input: [name, `${prefix}widths`],
    output: parts.map(({ value }) => value),
    attribute: attributeMessages({ axis: { i: 1 } }),
  }
  const isPacked = new Set(sources.map(({ tensorName }) => tensorName))
  const isLeftOut = new Set<Node | null>([...joins, ...sources.map(({ lookUp }) => lookUp)])
  const rest = node.filter((each) => !isLeftOut.has(each))
  return {
    packed: { name, width, columns: columnsOf(parts) },
    graph: {
      ...graph,
      input: [packedPort(name, width), ...input.filter((each) => !isPacked.has(each.name ?? ''))],
      node: isWhole ? rest : [split, ...rest],
      initializer: isWhole
        ? initializer
        : [...initializer, { ...tensor('int64', [widths.length], widths), name: split.input![1]! }],
    },
  }
}

type Uses = ReadonlyMap<string, readonly Node[]>

/** The nodes that take a value, once for each time; outputs of the graph are none. */
function usesIn({ node = [] }: Graph): Uses {
  const uses = new Map<string, Node[]>()
  for (const each of node)
    for (const value of each.input ?? []) {
      const known = uses.get(value)
      if (known) known.push(each)
      else uses.set(value, [each])
    }
  return uses
}

/** Null for an input that has to stay as it is. */
function sourceOf(port: Message<'ValueInfo'>, uses: Uses): Source | null {
  const tensorName = port.name ?? ''
  const { elemType, shape } = port.type?.tensorType ?? {}
  const width = Number(shape?.dim?.[1]?.dimValue ?? 0)
  if (shape?.dim?.length !== 2 || shape.dim[0]!.dimParam === undefined || width < 1) return null
  if (elemType === elementCodes.float64)
    return { tensorName, value: tensorName, width, codes: null, lookUp: null }
  const taking = uses.get(tensorName) ?? []
  if (elemType !== elementCodes.string || width !== 1 || taking.length !== 1) return null
  const lookUp = taking[0]!
  const codes = lookUp.opType === 'LabelEncoder' ? textCodes(lookUp) : null
  return codes && { tensorName, value: lookUp.output![0]!, width, codes, lookUp }
}

/** Null for a node that looks up something else than texts, or gives something else than float64. */
function textCodes({ attribute = [] }: Node): TextCodes | null {
  const tensorOf = (name: string) => attribute.find((each) => each.name === name)?.t
  const texts = tensorOf('keys_tensor')?.stringData ?? []
  const values = numbersOfTensor(tensorOf('values_tensor') ?? {})
  const others = numbersOfTensor(tensorOf('default_tensor') ?? {})
  if (texts.length === 0 || values.length !== texts.length || others.length !== 1) return null
  const isFloat64 = [tensorOf('values_tensor'), tensorOf('default_tensor')].every(
    (each) => each?.dataType === elementCodes.float64,
  )
  const known = new Map<string, number>()
  for (const [index, text] of texts.entries()) if (typeof text === 'string') known.set(text, values[index]!)
  return isFloat64 && known.size === texts.length ? { known, others: others[0]! } : null
}

/** Whether a node does nothing but put inputs beside each other that nobody else takes. */
function joinsOnly(
  { opType, input = [], output = [], attribute = [] }: Node,
  graph: { sources: readonly Source[]; uses: Uses; isOutput: ReadonlySet<string | undefined> },
): boolean {
  const { sources, uses, isOutput } = graph
  const axis = attribute.find(({ name }) => name === 'axis')?.i
  if (opType !== 'Concat' || Number(axis) !== 1 || isOutput.has(output[0])) return false
  return input.every(
    (value) => uses.get(value)!.length === 1 && sources.some((source) => source.value === value),
  )
}

function columnsOf(parts: readonly { of: readonly Source[] }[]): PackedColumn[] {
  let at = 0
  return parts.flatMap(({ of }) =>
    of.map(({ tensorName, width, codes }) => {
      const column = { tensorName, at, width, codes }
      at += width
      return column
    }),
  )
}

function packedPort(name: string, width: number): Message<'ValueInfo'> {
  const shape = { dim: [{ dimParam: 'N' }, { dimValue: width }] }
  return { name, type: { tensorType: { elemType: elementCodes.float64, shape } } }
}
