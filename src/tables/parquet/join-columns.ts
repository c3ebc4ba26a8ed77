import { open, type FileHandle } from 'node:fs/promises'
import { thriftTypes, type ThriftFields, type ThriftValue } from './compact-thrift.ts'
import {
  chunkFields,
  endOfFile,
  fileFields,
  groupFields,
  magic,
  metadataFields,
  numberOf,
  readFooter,
  schemaFields,
  structOf,
  textOf,
  type ColumnChunk,
  type ParquetFooter,
  type RowGroup,
} from './parquet-footer.ts'

/**
 * Writes a Parquet file that has columns of one file and all those of others, one for each of its row groups, behind
 * them. What is stored is copied as it is, so that nothing is decoded or compressed again.
 */
export async function joinColumns(
  base: { path: string; footer: ParquetFooter; columns: readonly string[] },
  { groups, path }: { groups: readonly string[]; path: string },
): Promise<void> {
  const target = await CopiedFile.create(path)
  try {
    const rowGroups: ThriftFields[] = []
    let added: ThriftFields[] = []
    for (const [index, group] of base.footer.groups.entries()) {
      const footer = await readFooter(groups[index]!)
      const [own, ...others] = footer.groups
      if (!own || others.length > 0 || own.rows !== group.rows)
        throw new TypeError(`row group ${index} has other rows in ${groups[index]}`)
      added = columnsOf(footer)
      const chunks = [
        ...(await target.copyChunks(
          base.path,
          base.columns.map((name) => chunkNamed(group, name)),
        )),
        ...(await target.copyChunks(groups[index]!, own.chunks)),
      ]
      rowGroups.push(groupOf(group, chunks))
    }
    const kept = base.columns.map((name) => columnsOf(base.footer).find((each) => nameOf(each) === name)!)
    await target.finish(footerOf(base.footer, { columns: [...kept, ...added], rowGroups }))
  } finally {
    await target.close()
  }
}

const columnsOf = ({ schema }: ParquetFooter): ThriftFields[] => schema.slice(1)

function nameOf(column: ThriftFields): string {
  const name = column.get(schemaFields.name)
  return name?.type === thriftTypes.binary ? textOf(name.bytes) : ''
}

function chunkNamed({ chunks }: RowGroup, name: string): ColumnChunk {
  const chunk = chunks.find(({ column }) => column === name)
  if (!chunk) throw new TypeError(`there is no column “${name}” to copy`)
  return chunk
}

function groupOf({ fields }: RowGroup, chunks: readonly ThriftFields[]): ThriftFields {
  const sum = (field: number): number =>
    chunks.reduce((total, chunk) => total + numberOf(structOf(chunk.get(chunkFields.metadata)), field)!, 0)
  const group = new Map(fields)
  group.set(groupFields.columns, structs(chunks))
  group.set(groupFields.bytes, long(sum(metadataFields.bytes)))
  if (group.has(groupFields.compressedBytes))
    group.set(groupFields.compressedBytes, long(sum(metadataFields.compressedBytes)))
  group.delete(groupFields.sorting)
  group.delete(groupFields.offset)
  return group
}

function footerOf(
  { fields, schema }: ParquetFooter,
  { columns, rowGroups }: { columns: readonly ThriftFields[]; rowGroups: readonly ThriftFields[] },
): ThriftFields {
  const root = new Map(schema[0])
  root.set(schemaFields.children, { type: thriftTypes.i32, number: columns.length })
  const footer = new Map(fields)
  footer.set(fileFields.schema, structs([root, ...columns]))
  footer.set(fileFields.groups, structs(rowGroups))
  footer.delete(fileFields.keyValues)
  footer.delete(fileFields.columnOrders)
  return footer
}

const structs = (items: readonly ThriftFields[]): ThriftValue => ({
  type: thriftTypes.list,
  of: thriftTypes.struct,
  items: items.map((fields) => ({ type: thriftTypes.struct, fields })),
})

const long = (number: number): ThriftValue => ({ type: thriftTypes.i64, number })

/** A file that is put together of pieces of others. */
class CopiedFile {
  static async create(path: string): Promise<CopiedFile> {
    const copied = new CopiedFile(await open(path, 'w'))
    await copied.#write(magic)
    return copied
  }

  readonly #file: FileHandle
  #at = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Copies what is stored of some columns; gives their descriptions, with the places where it is now. */
  async copyChunks(path: string, chunks: readonly ColumnChunk[]): Promise<ThriftFields[]> {
    const source = await open(path, 'r')
    try {
      const moved: ThriftFields[] = []
      for (const { fields, metadata } of chunks) {
        const first = numberOf(metadata, metadataFields.dataPage)!
        const start = Math.min(first, numberOf(metadata, metadataFields.dictionaryPage) ?? first)
        const by =
          (await this.#copy(source, start, numberOf(metadata, metadataFields.compressedBytes)!)) - start
        moved.push(
          movedChunk(
            fields,
            movedMetadata(metadata, { by, bloomFilter: await this.#bloomFilter(source, metadata) }),
          ),
        )
      }
      return moved
    } finally {
      await source.close()
    }
  }

  async finish(footer: ThriftFields): Promise<void> {
    await this.#write(endOfFile(footer))
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #bloomFilter(source: FileHandle, metadata: ThriftFields): Promise<number | null> {
    const start = numberOf(metadata, metadataFields.bloomFilter)
    const length = numberOf(metadata, metadataFields.bloomFilterLength)
    return start === null || length === null ? null : this.#copy(source, start, length)
  }

  /** Gives where it stands now. */
  async #copy(source: FileHandle, start: number, length: number): Promise<number> {
    const at = this.#at
    const bytes = Buffer.allocUnsafe(length)
    const { bytesRead } = await source.read(bytes, 0, length, start)
    if (bytesRead < length) throw new TypeError('a column ends too early')
    await this.#write(bytes)
    return at
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes)
    this.#at += bytes.length
  }
}

/** Without the pages’ index, which would be elsewhere too. */
function movedChunk(fields: ThriftFields, metadata: ThriftFields): ThriftFields {
  const { offset, offsetIndex, offsetIndexLength, columnIndex, columnIndexLength } = chunkFields
  const chunk = new Map(fields)
  chunk.set(chunkFields.metadata, { type: thriftTypes.struct, fields: metadata })
  chunk.set(offset, long(0))
  for (const field of [offsetIndex, offsetIndexLength, columnIndex, columnIndexLength]) chunk.delete(field)
  return chunk
}

function movedMetadata(
  metadata: ThriftFields,
  { by, bloomFilter }: { by: number; bloomFilter: number | null },
): ThriftFields {
  const moved = new Map(metadata)
  for (const field of [metadataFields.dataPage, metadataFields.indexPage, metadataFields.dictionaryPage]) {
    const at = numberOf(metadata, field)
    if (at !== null) moved.set(field, long(at + by))
  }
  if (bloomFilter === null) {
    moved.delete(metadataFields.bloomFilter)
    moved.delete(metadataFields.bloomFilterLength)
  } else moved.set(metadataFields.bloomFilter, long(bloomFilter))
  return moved
}
