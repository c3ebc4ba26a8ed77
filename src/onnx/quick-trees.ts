import { attributeMessages, type Attributes } from './attributes.ts'
import { freePrefix } from './free-prefix.ts'
import type { Message } from './messages.ts'
import { elementCodes, tensor } from './tensor.ts'
import { numbersOfTensor } from './tensor-numbers.ts'

type Graph = Message<'Graph'>
type Node = Message<'Node'>

/** A graph with trees that are quick to walk, and how many columns they are given at most. */
export interface QuickTrees {
  graph: Graph
  columns: number
}

const lessOrEqual = 0
const member = 6

/** More would take longer to write down than sets of categories take to search. */
const mostColumns = 4_096
const mostTableBytes = 32 * 1024 * 1024
const mostCategory = 65_535
/** How many questions stand in a row of the table; a row costs about as much as so many questions. */
const widths = [32, 64, 128, 256]
const rowCost = 48

/**
 * The same answers, bit for bit, several times as fast where trees ask for categories. The runtime takes a set of categories
 * apart into a node for each, and walks trees of mixed questions slowly. Here every such question gets a column of its
 * own, 0 for yes and 1 for no, that is looked up by the category before the trees, which then only compare with numbers:
 * each row takes the way through each tree that it took before. Categories must be whole numbers or NaN, as in all graphs
 * that Pipewright writes. Ensembles with too many questions stay as they are.
 */
export function withQuickTrees(graph: Graph): QuickTrees {
  const nodes: Node[] = []
  const constants: Message<'Tensor'>[] = []
  let columns = 0
  for (const [index, node] of (graph.node ?? []).entries()) {
    const trees = node.opType === 'TreeEnsemble' ? readTrees(node) : null
    const table = trees && questionTable(trees)
    if (!table) {
      nodes.push(node)
      continue
    }
    const prefix = freePrefix(graph, `questions ${index} `)
    columns = Math.max(columns, table.columns)
    constants.push(...tableConstants(prefix, table))
    nodes.push(...lookUp(prefix, node.input?.[0] ?? ''), withColumns(node, { trees, table, prefix }))
  }
  if (columns === 0) return { graph, columns }
  return {
    graph: { ...graph, node: nodes, initializer: [...(graph.initializer ?? []), ...constants] },
    columns,
  }
}

interface Trees {
  attributes: ReadonlyMap<string, Message<'Attribute'>>
  features: readonly number[]
  modes: Uint8Array
  splits: Float32Array
  missingLeft: readonly number[]
  /** Of each node that asks for categories. */
  members: ReadonlyMap<number, readonly number[]>
}

/** Null for trees that do not ask for categories, or ask otherwise than ours. */
function readTrees({ attribute = [] }: Node): Trees | null {
  const attributes = new Map(attribute.map((each) => [each.name ?? '', each]))
  const numbers = (name: string) => numbersOfTensor(attributes.get(name)?.t ?? {})
  const integers = (name: string) => Array.from(attributes.get(name)?.ints ?? [], Number)
  const modes = Uint8Array.from(numbers('nodes_modes'))
  const splits = numbers('nodes_splits')
  if (!(splits instanceof Float32Array) || splits.length !== modes.length) return null
  if (!modes.includes(member) || !modes.every((mode) => mode === lessOrEqual || mode === member)) return null
  const members = membersOf(modes, numbers('membership_values'))
  const isUsable = [...members.values()].every((set) =>
    set.every((category) => Number.isInteger(category) && category >= 1 && category <= mostCategory),
  )
  if (!isUsable) return null
  return {
    attributes,
    features: integers('nodes_featureids'),
    modes,
    splits,
    missingLeft: integers('nodes_missing_value_tracks_true'),
    members,
  }
}

/** Sets stand one after the other, each ended by NaN, in the order of the nodes that have one. */
function membersOf(modes: Uint8Array, values: ArrayLike<number>): Map<number, number[]> {
  const members = new Map<number, number[]>()
  let at = 0
  for (const [node, mode] of modes.entries()) {
    if (mode !== member) continue
    const set: number[] = []
    for (; at < values.length && !Number.isNaN(values[at]); at++) set.push(values[at]!)
    at += 1
    members.set(node, set)
  }
  return members
}

/** Answers to questions: a row for each category of a group of questions about one feature. */
interface QuestionTable {
  width: number
  groups: readonly { feature: number; highest: number; firstRow: number }[]
  answers: Uint8Array
  /** Of all groups: what the trees are given beside the features. */
  columns: number
  columnOf: ReadonlyMap<number, number>
}

/** The rows of a group: no value, anything below 1, the categories from 1 to the highest, anything above. */
const rowsBeside = 3

function questionTable(trees: Trees): QuestionTable | null {
  const byFeature = Map.groupBy(differentQuestions(trees), ({ feature }) => feature)
  const groupsOf = (width: number): number =>
    [...byFeature.values()].reduce((sum, of) => sum + Math.ceil(of.length / width), 0)
  const cost = (width: number): number => groupsOf(width) * (width + rowCost)
  const width = widths.toSorted((one, other) => cost(one) - cost(other))[0]!
  if (groupsOf(width) * width > mostColumns) return null
  const parts = [...byFeature].flatMap(([feature, questions]) =>
    Array.from({ length: Math.ceil(questions.length / width) }, (_, index) => ({
      feature,
      questions: questions.slice(index * width, (index + 1) * width),
    })),
  )
  let rows = 0
  const groups = parts.map(({ feature, questions }) => {
    const firstRow = rows
    const highest = questions.reduce((most, { members }) => Math.max(most, ...members), 0)
    rows += highest + rowsBeside
    return { feature, highest, firstRow }
  })
  if (rows * width > mostTableBytes) return null
  const answers = new Uint8Array(rows * width).fill(1)
  const columnOf = new Map<number, number>()
  for (const [group, { questions }] of parts.entries())
    for (const [place, { nodes, members, missingLeft }] of questions.entries()) {
      const { firstRow } = groups[group]!
      if (missingLeft) answers[firstRow * width + place] = 0
      for (const category of members) answers[(firstRow + 1 + category) * width + place] = 0
      for (const node of nodes) columnOf.set(node, group * width + place)
    }
  return { width, groups, answers, columns: groups.length * width, columnOf }
}

interface Question {
  feature: number
  members: readonly number[]
  missingLeft: boolean
  nodes: number[]
}

function differentQuestions({ members, features, missingLeft }: Trees): Question[] {
  const questions = new Map<string, Question>()
  for (const [node, set] of members) {
    const feature = features[node]!
    const key = `${feature} ${missingLeft[node]} ${set.join(' ')}`
    const known = questions.get(key)
    if (known) known.nodes.push(node)
    else questions.set(key, { feature, members: set, missingLeft: missingLeft[node] === 1, nodes: [node] })
  }
  return [...questions.values()]
}

function tableConstants(
  prefix: string,
  { width, groups, answers, columns }: QuestionTable,
): Message<'Tensor'>[] {
  const count = groups.length
  const features = groups.map(({ feature }) => feature)
  const ends = groups.map(({ highest }) => highest + 1)
  const starts = groups.map(({ firstRow }) => firstRow + 1)
  return [
    { ...tensor('int64', [count], features), name: `${prefix}features` },
    { ...tensor('float32', [1, 1], [0]), name: `${prefix}zero` },
    { ...tensor('float32', [1, 1], [-1]), name: `${prefix}none` },
    { ...tensor('float32', [1, count], ends), name: `${prefix}ends` },
    { ...tensor('int64', [1, count], starts), name: `${prefix}starts` },
    { ...tensor('uint8', [answers.length / width, width], answers), name: `${prefix}table` },
    { ...tensor('int64', [2], [-1, columns]), name: `${prefix}shape` },
  ]
}

/** The nodes from a matrix to one with the answers before its columns. */
function lookUp(prefix: string, matrix: string): Node[] {
  const nodes: Node[] = []
  const of = (name: string): string => prefix + name
  const node = (opType: string, input: readonly string[], attributes: Attributes = {}): string => {
    const output = opType === 'Concat' ? of('matrix') : of(`value ${nodes.length}`)
    nodes.push({ opType, input, output: [output], attribute: attributeMessages(attributes) })
    return output
  }
  const categories = node('Gather', [matrix, of('features')], { axis: { i: 1 } })
  const above = node('Max', [categories, of('zero')])
  const within = node('Min', [above, of('ends')])
  const row = node('Where', [node('IsNaN', [categories]), of('none'), within])
  const place = node('Add', [node('Cast', [row], { to: { i: elementCodes.int64 } }), of('starts')])
  const answers = node('Gather', [of('table'), place], { axis: { i: 0 } })
  const flat = node('Reshape', [answers, of('shape')])
  const numbers = node('Cast', [flat], { to: { i: elementCodes.float32 } })
  node('Concat', [numbers, matrix], { axis: { i: 1 } })
  return nodes
}

/** The trees, asking for answers and features where these stand now. */
function withColumns(
  ensemble: Node,
  { trees, table, prefix }: { trees: Trees; table: QuestionTable; prefix: string },
): Node {
  const { attributes, features, splits, missingLeft } = trees
  const { columns, columnOf } = table
  const count = features.length
  const newer = attributeMessages({
    nodes_modes: { t: tensor('uint8', [count], new Uint8Array(count)) },
    nodes_featureids: { ints: features.map((feature, node) => columnOf.get(node) ?? feature + columns) },
    nodes_splits: {
      t: tensor(
        'float32',
        [count],
        splits.map((split, node) => (columnOf.has(node) ? 0.5 : split)),
      ),
    },
    nodes_missing_value_tracks_true: {
      ints: missingLeft.map((isLeft, node) => (columnOf.has(node) ? 0 : isLeft)),
    },
  })
  const kept = [...attributes.values()].filter(
    ({ name }) => name !== 'membership_values' && !newer.some((each) => each.name === name),
  )
  return { ...ensemble, input: [`${prefix}matrix`], attribute: [...kept, ...newer] }
}
