import { posix } from 'node:path'
import { openToRead } from '../read-file/open-to-read.ts'
import { readCellStyles, type NumberMeaning } from './cell-styles.ts'
import { excelError } from './excel-errors.ts'
import { scanXml, type XmlTag } from './scan-xml.ts'
import { readSharedStrings } from './shared-strings.ts'
import { ZipArchive, ZipProblem } from './zip-archive.ts'

/** A sheet with cells, in the order of the workbook. */
export interface SheetEntry {
  name: string
  /** In the archive. */
  part: string
}

/** What the sheets of a workbook are read with. */
export interface Workbook {
  file: string
  sheets: readonly SheetEntry[]
  isFrom1904: boolean
  styles: readonly NumberMeaning[]
  sharedStrings: readonly string[]
  /** The XML of a part, unpacked as it is read. */
  read(part: string): AsyncIterable<Buffer>
}

// Bounds of what is unpacked; a sheet is read as a stream, its texts are held in memory.
const MAX_SHEET_BYTES = 16 * 2 ** 30
const MAX_TEXTS_BYTES = 512 * 2 ** 20
const MAX_PART_BYTES = 64 * 2 ** 20

/** Opens an Excel workbook (ECMA-376, also strict) for some work; whatever is wrong with it is an error of `excel`. */
export async function withWorkbook<Result>(
  path: string,
  work: (workbook: Workbook) => Promise<Result>,
): Promise<Result> {
  try {
    await refuseOtherFiles(path)
    const archive = await ZipArchive.open(path)
    try {
      return await work(await openWorkbook(archive, path))
    } finally {
      await archive.close()
    }
  } catch (error) {
    throw error instanceof ZipProblem ? excelError(error.kind, { file: path, reason: error.message }) : error
  }
}

const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le')
const SEARCHED_BYTES = 64 << 20

/** Old and encrypted workbooks are compound files; a new one is a zip archive. */
async function refuseOtherFiles(path: string): Promise<void> {
  const { file, sizeBytes } = await openToRead(path)
  try {
    const head = Buffer.alloc(Math.min(sizeBytes, 8))
    await file.read(head, 0, head.length, 0)
    if (head.subarray(0, 4).equals(compoundFile)) {
      const bytes = Buffer.alloc(Math.min(sizeBytes, SEARCHED_BYTES))
      await file.read(bytes, 0, bytes.length, 0)
      throw excelError(bytes.includes(encryptedPackage) ? 'encrypted' : 'old-workbook', { file: path })
    }
    if (head.toString('latin1', 0, 2) !== 'PK') throw excelError('not-a-workbook', { file: path })
  } finally {
    await file.close()
  }
}

async function openWorkbook(archive: ZipArchive, file: string): Promise<Workbook> {
  if (archive.has('xl/workbook.bin')) throw excelError('binary-workbook', { file })
  if (archive.has('content.xml')) throw excelError('open-document', { file })
  if (!archive.has('_rels/.rels')) throw excelError('not-a-workbook', { file })
  const read = (part: string, maxBytes: number) => archive.read(part, { maxBytes })
  const main = (await relationsOf(read, '')).find(({ kind }) => kind === 'officeDocument')?.target
  if (main === undefined || !archive.has(main)) throw excelError('not-a-workbook', { file })
  const relations = await relationsOf(read, main)
  const { sheets, isFrom1904 } = await readMain(read(main, MAX_PART_BYTES))
  const parts = new Map(
    relations.flatMap(({ id, kind, target }) => (kind === 'worksheet' ? [[id, target]] : [])),
  )
  const named = (kind: string): string | undefined =>
    relations.find((relation) => relation.kind === kind && archive.has(relation.target))?.target
  const texts = named('sharedStrings')
  const styles = named('styles')
  return {
    file,
    sheets: sheets.flatMap(({ name, id }) => {
      const part = parts.get(id)
      return part === undefined ? [] : [{ name, part }]
    }),
    isFrom1904,
    sharedStrings: texts === undefined ? [] : await readSharedStrings(read(texts, MAX_TEXTS_BYTES)),
    styles: styles === undefined ? [] : await readCellStyles(read(styles, MAX_PART_BYTES)),
    read: (part) => read(part, MAX_SHEET_BYTES),
  }
}

type ReadPart = (part: string, maxBytes: number) => AsyncIterable<Buffer>

interface Relation {
  id: string
  /** The last word of its type, which is the same in transitional and strict workbooks. */
  kind: string
  target: string
}

/** The parts that a part refers to (ECMA-376 part 2); the archive itself is the part without a name. */
async function relationsOf(read: ReadPart, part: string): Promise<Relation[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const found: Relation[] = []
  await forEachTag(read(`${folder}_rels/${part.slice(folder.length)}.rels`, MAX_PART_BYTES), (name, tag) => {
    if (name !== 'Relationship') return
    const kind = (tag.get('Type') ?? '').split('/').at(-1)!
    found.push({ id: tag.get('Id') ?? '', kind, target: resolvePart(folder, tag.get('Target') ?? '') })
  })
  return found
}

function resolvePart(folder: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
}

async function readMain(
  chunks: AsyncIterable<Buffer>,
): Promise<{ sheets: { name: string; id: string }[]; isFrom1904: boolean }> {
  const sheets: { name: string; id: string }[] = []
  let isFrom1904 = false
  await forEachTag(chunks, (name, tag) => {
    if (name === 'sheet') sheets.push({ name: tag.get('name') ?? '', id: tag.get('id') ?? '' })
    else if (name === 'workbookPr') isFrom1904 = /^(1|true)$/.test(tag.get('date1904') ?? '')
  })
  return { sheets, isFrom1904 }
}

async function forEachTag(
  chunks: AsyncIterable<Buffer>,
  visit: (name: string, tag: XmlTag) => void,
): Promise<void> {
  for await (const _ of scanXml(chunks, { open: visit, close() {}, text() {} })) continue
}
