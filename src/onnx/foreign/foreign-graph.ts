import { attributeMessages, type Attributes } from '../attributes.ts'
import { encodeMessage } from '../codec.ts'
import type { Message } from '../messages.ts'
import { metadataKeys } from '../model-metadata.ts'
import { elementCodes, tensor, type ElementType } from '../tensor.ts'
import { isZipMap, type ForeignModel } from './foreign-model.ts'
import type { InputPlan } from './import-plan.ts'

/**
 * A foreign graph with our inputs before it, and room for operators behind it. It keeps the operator sets that it was
 * written for, so what is added has to mean the same in all of them. The dictionaries of ZipMap are left out.
 */
export class ForeignGraph {
  readonly #model: ForeignModel
  readonly #nodes: Message<'Node'>[] = []
  readonly #constants: Message<'Tensor'>[] = []
  /** Columns, with what they are called inside. */
  readonly inputs: { name: string; value: string; type: 'float64' | 'string' }[] = []
  /** Whether a row has every value that the model takes in a type without a word for “no value”. */
  #isComplete: string | null = null
  #next = 0

  constructor(model: ForeignModel, plans: readonly InputPlan[]) {
    this.#model = model
    for (const plan of plans) this.#feed(plan)
    for (const node of model.message.graph?.node ?? [])
      if (!isZipMap(node)) this.#nodes.push(renamedNode(node))
    for (const constant of model.message.graph?.initializer ?? [])
      this.#constants.push({ ...constant, name: inner(constant.name) })
  }

  /** What the foreign graph calls so. */
  valueOf(name: string): string {
    return inner(name)
  }

  constant(constant: Message<'Tensor'>): string {
    const name = this.#newName()
    this.#constants.push({ ...constant, name })
    return name
  }

  node(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#newName()
    this.#nodes.push({ input: inputs, output: [output], opType, attribute: attributeMessages(attributes) })
    return output
  }

  cast(value: string, to: ElementType): string {
    return this.node('Cast', [value], { to: { i: elementCodes[to] } })
  }

  /** As a table of so many columns. */
  asTable(value: string, width: number): string {
    return this.node('Reshape', [value, this.constant(tensor('int64', [2], [-1, width]))])
  }

  /** No number, or the empty text, for rows that lack what the model cannot do without. */
  completed(value: string, type: 'float32' | 'float64' | 'string'): string {
    if (this.#isComplete === null) return value
    const none = this.constant(
      type === 'string' ? tensor('string', [1, 1], ['']) : tensor(type, [1, 1], [NaN]),
    )
    return this.node('Where', [this.#isComplete, value, none])
  }

  /** Values of any type and shape, as they are: to look at. */
  toLookAt(outputs: readonly { name: string; value: string; type: ElementType | null }[]): Uint8Array {
    return this.#toModel(
      outputs.map(({ name, value, type }) => ({
        name,
        type: type ? { tensorType: { elemType: elementCodes[type] } } : {},
        value,
      })),
      {},
    )
  }

  /** The model with answers that are tables of so many columns. */
  toModel(
    answers: readonly { name: string; value: string; type: ElementType; width: number }[],
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    const renamed = this.inputs.filter(({ name, value }) => name !== value)
    const names = Object.fromEntries(renamed.map(({ name, value }) => [value, name]))
    return this.#toModel(
      answers.map(({ name, value, type, width }) => ({ name, value, type: tableType(type, width) })),
      {
        ...metadata,
        [metadataKeys.imported]: this.#model.producer,
        ...(renamed.length > 0 && { [metadataKeys.inputNames]: JSON.stringify(names) }),
      },
    )
  }

  #toModel(
    outputs: readonly { name: string; value: string; type: Message<'Type'> }[],
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    const { message } = this.#model
    const copies = outputs.map(({ name, value }) => ({ input: [value], output: [name], opType: 'Identity' }))
    return encodeMessage('Model', {
      irVersion: message.irVersion ?? 7,
      producerName: 'pipewright',
      opsetImport: withOwnOperators(message.opsetImport ?? []),
      graph: {
        name: 'imported',
        node: [...this.#nodes, ...copies],
        initializer: this.#constants,
        input: this.inputs.map(({ value, type }) => ({ name: value, type: tableType(type, 1) })),
        output: outputs.map(({ name, type }) => ({ name, type })),
      },
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    })
  }

  /** The columns side by side, in the type and shape that the input wants. */
  #feed({ port, columns }: InputPlan): void {
    const type = port.type === 'string' ? 'string' : 'float64'
    const hasNone = type === 'float64' && port.type !== 'float32' && port.type !== 'float64'
    const values = columns.map(({ name }) => {
      const value = isFree(name) ? name : `column ${this.inputs.length}`
      this.inputs.push({ name, value, type })
      return hasNone ? this.#filled(value) : value
    })
    let table = values.length === 1 ? values[0]! : this.node('Concat', values, { axis: { i: 1 } })
    if (port.type !== type) table = this.cast(table, port.type)
    const rows = this.constant(tensor('int64', [1], [-1]))
    const shaped = port.rank === 1 ? this.node('Reshape', [table, rows]) : table
    this.#nodes.push({ input: [shaped], output: [inner(port.name)], opType: 'Identity' })
  }

  /** 0 in place of NaN, which has no counterpart among whole numbers and truth values; such rows get no answer. */
  #filled(value: string): string {
    // The operator sets of old know NaN in float32 only.
    const isThere = this.node('Not', [this.node('IsNaN', [this.cast(value, 'float32')])])
    this.#isComplete = this.#isComplete === null ? isThere : this.node('And', [this.#isComplete, isThere])
    return this.node('Where', [isThere, value, this.constant(tensor('float64', [1, 1], [0]))])
  }

  #newName(): string {
    return `own ${this.#next++}`
  }
}

const answerNames = new Set(['label', 'probabilities', 'value'])

/** Whether a column can be called inside as it is outside. */
function isFree(column: string): boolean {
  return column !== '' && !answerNames.has(column) && !/^(?:model|own|column|output) /.test(column)
}

/** Some files name the operator sets of machine learning alone. */
function withOwnOperators(sets: readonly Message<'OperatorSet'>[]): Message<'OperatorSet'>[] {
  const has = sets.some(({ domain = '' }) => domain === '' || domain === 'ai.onnx')
  return has ? [...sets] : [...sets, { domain: '', version: 15 }]
}

/** A name of the foreign graph, as it is called within ours. An input or output that is left out stays so. */
function inner(name: string | undefined): string {
  return name === undefined || name === '' ? '' : `model ${name}`
}

function renamedNode(node: Message<'Node'>): Message<'Node'> {
  return {
    ...node,
    name: '',
    input: (node.input ?? []).map(inner),
    output: (node.output ?? []).map(inner),
    attribute: (node.attribute ?? []).map(renamedAttribute),
  }
}

function renamedAttribute(attribute: Message<'Attribute'>): Message<'Attribute'> {
  const { g, graphs } = attribute
  if (g) return { ...attribute, g: renamedGraph(g) }
  return graphs ? { ...attribute, graphs: graphs.map(renamedGraph) } : attribute
}

/** A graph inside of an operator sees the values around it, so all its names change as theirs do. */
function renamedGraph({ node, name, initializer, input, output }: Message<'Graph'>): Message<'Graph'> {
  const renamed = <Named extends { readonly name?: string }>(named: Named): Named => ({
    ...named,
    name: inner(named.name),
  })
  return {
    name: name ?? '',
    node: (node ?? []).map(renamedNode),
    initializer: (initializer ?? []).map(renamed),
    input: (input ?? []).map(renamed),
    output: (output ?? []).map(renamed),
  }
}

function tableType(type: ElementType, width: number): Message<'Type'> {
  const shape = { dim: [{ dimParam: 'N' }, { dimValue: width }] }
  return { tensorType: { elemType: elementCodes[type], shape } }
}
