import { open } from 'node:fs/promises'
import { decodeStruct, encodeStruct, type ThriftFields, type ThriftValue } from './compact-thrift.ts'

/** What stands at the end of a Parquet file, in the words of its format (`parquet.thrift`). */
export interface ParquetFooter {
  fields: ThriftFields
  /** Of the root and then of each column, where columns are flat. */
  schema: ThriftFields[]
  groups: RowGroup[]
}

export interface RowGroup {
  fields: ThriftFields
  rows: number
  chunks: ColumnChunk[]
}

export interface ColumnChunk {
  fields: ThriftFields
  column: string
  metadata: ThriftFields
}

export const magic = Buffer.from('PAR1')
/** Fields by their numbers. */
export const fileFields = { schema: 2, rows: 3, groups: 4, keyValues: 5, columnOrders: 7 } as const
export const schemaFields = { name: 4, children: 5 } as const
export const groupFields = {
  columns: 1,
  bytes: 2,
  rows: 3,
  sorting: 4,
  offset: 5,
  compressedBytes: 6,
} as const
export const chunkFields = {
  offset: 2,
  metadata: 3,
  offsetIndex: 4,
  offsetIndexLength: 5,
  columnIndex: 6,
  columnIndexLength: 7,
} as const
export const metadataFields = {
  path: 3,
  bytes: 6,
  compressedBytes: 7,
  dataPage: 9,
  indexPage: 10,
  dictionaryPage: 11,
  bloomFilter: 14,
  bloomFilterLength: 15,
} as const

/** A length and the magic word. */
const endBytes = 8

export async function readFooter(path: string): Promise<ParquetFooter> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const end = Buffer.alloc(endBytes)
    await file.read(end, 0, endBytes, size - endBytes)
    const bytes = Buffer.alloc(end.readUInt32LE(0))
    await file.read(bytes, 0, bytes.length, size - endBytes - bytes.length)
    return footerOf(decodeStruct(bytes))
  } finally {
    await file.close()
  }
}

/** What follows on the data of a file. */
export function endOfFile(fields: ThriftFields): Buffer {
  const bytes = encodeStruct(fields)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([bytes, length, magic])
}

function footerOf(fields: ThriftFields): ParquetFooter {
  return {
    fields,
    schema: structsOf(fields.get(fileFields.schema)),
    groups: structsOf(fields.get(fileFields.groups)).map((group) => ({
      fields: group,
      rows: numberOf(group, groupFields.rows)!,
      chunks: structsOf(group.get(groupFields.columns)).map(chunkOf),
    })),
  }
}

function chunkOf(fields: ThriftFields): ColumnChunk {
  const metadata = structOf(fields.get(chunkFields.metadata))
  const path = metadata.get(metadataFields.path)
  const names = path?.type === 9 ? path.items.map((item) => (item.type === 8 ? textOf(item.bytes) : '')) : []
  return { fields, column: names.join('.'), metadata }
}

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

export function numberOf(fields: ThriftFields, field: number): number | null {
  const value = fields.get(field)
  return value && 'number' in value ? value.number : null
}

export function structOf(value: ThriftValue | undefined): ThriftFields {
  return value?.type === 12 ? value.fields : new Map()
}

export function structsOf(value: ThriftValue | undefined): ThriftFields[] {
  return value?.type === 9 ? value.items.map(structOf) : []
}
