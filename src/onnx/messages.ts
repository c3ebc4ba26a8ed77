/** A field's number on the wire and what it holds; `[]` marks a repeated one. */
export type FieldDefinition = readonly [tag: number, kind: string]

/**
 * The messages of onnx.proto3 (IR 9), as far as Pipewright reads or writes them. Types, encoder and decoder come
 * from this table; fields that are not in it pass through unchanged. `text` is bytes that are UTF-8 as a rule.
 */
export const messages = {
  Model: {
    irVersion: [1, 'int'],
    producerName: [2, 'string'],
    producerVersion: [3, 'string'],
    domain: [4, 'string'],
    modelVersion: [5, 'int'],
    docString: [6, 'string'],
    graph: [7, 'Graph'],
    opsetImport: [8, 'OperatorSet[]'],
    metadataProps: [14, 'StringEntry[]'],
  },
  /** A model read without its graph, which then passes through as bytes. */
  ModelHead: {
    irVersion: [1, 'int'],
    producerName: [2, 'string'],
    opsetImport: [8, 'OperatorSet[]'],
    metadataProps: [14, 'StringEntry[]'],
  },
  OperatorSet: { domain: [1, 'string'], version: [2, 'int'] },
  StringEntry: { key: [1, 'string'], value: [2, 'string'] },
  Graph: {
    node: [1, 'Node[]'],
    name: [2, 'string'],
    initializer: [5, 'Tensor[]'],
    docString: [10, 'string'],
    input: [11, 'ValueInfo[]'],
    output: [12, 'ValueInfo[]'],
  },
  Node: {
    input: [1, 'string[]'],
    output: [2, 'string[]'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, 'Attribute[]'],
    docString: [6, 'string'],
    domain: [7, 'string'],
  },
  Attribute: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int'],
    s: [4, 'text'],
    t: [5, 'Tensor'],
    g: [6, 'Graph'],
    floats: [7, 'float[]'],
    ints: [8, 'int[]'],
    strings: [9, 'text[]'],
    graphs: [11, 'Graph[]'],
    type: [20, 'int'],
  },
  Tensor: {
    dims: [1, 'int[]'],
    dataType: [2, 'int'],
    stringData: [6, 'text[]'],
    name: [8, 'string'],
    rawData: [9, 'bytes'],
  },
  ValueInfo: { name: [1, 'string'], type: [2, 'Type'], docString: [3, 'string'] },
  Type: { tensorType: [1, 'TensorType'], sequenceType: [4, 'SequenceType'], mapType: [5, 'MapType'] },
  SequenceType: { elemType: [1, 'Type'] },
  MapType: { keyType: [1, 'int'], valueType: [2, 'Type'] },
  TensorType: { elemType: [1, 'int'], shape: [2, 'TensorShape'] },
  TensorShape: { dim: [1, 'Dimension[]'] },
  Dimension: { dimValue: [1, 'int'], dimParam: [2, 'string'] },
} as const satisfies Record<string, Record<string, FieldDefinition>>

type Messages = typeof messages
export type MessageName = keyof Messages

interface Scalars {
  /** A number where it is a safe integer, else a bigint. */
  int: number | bigint
  float: number
  string: string
  /** A string where the bytes are UTF-8. */
  text: string | Uint8Array
  bytes: Uint8Array
}
type ValueOf<Kind> = Kind extends 'float[]'
  ? ArrayLike<number>
  : Kind extends 'int[]'
    ? ArrayLike<number | bigint>
    : Kind extends `${infer Element}[]`
      ? readonly ValueOf<Element>[]
      : Kind extends keyof Scalars
        ? Scalars[Kind]
        : Kind extends MessageName
          ? Message<Kind>
          : never

/** A message of the wire as an object. Absent fields are absent: `{ i: 0 }` and `{}` are different. */
export type Message<Name extends MessageName> = {
  readonly [Field in keyof Messages[Name]]?: Messages[Name][Field] extends readonly [number, infer Kind]
    ? ValueOf<Kind>
    : never
}
