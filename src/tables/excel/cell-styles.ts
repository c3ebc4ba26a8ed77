import { scanXml, type XmlVisitor } from './scan-xml.ts'

/** What a number in a cell of a style means: a number of days is a date only by the way it is shown. */
export type NumberMeaning = 'number' | 'date' | 'datetime'

/** The meaning of each cell style of a workbook, by its number (ECMA-376 part 1, 18.8). */
export async function readCellStyles(chunks: AsyncIterable<Uint8Array>): Promise<NumberMeaning[]> {
  const formats = new Map<number, string>()
  const styles: number[] = []
  let isInCells = false
  const visitor: XmlVisitor = {
    open(name, tag) {
      if (name === 'numFmt') formats.set(Number(tag.get('numFmtId')), tag.get('formatCode') ?? '')
      else if (name === 'cellXfs') isInCells = true
      else if (name === 'xf' && isInCells) styles.push(Number(tag.get('numFmtId') ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false
    },
    text() {},
  }
  for await (const _ of scanXml(chunks, visitor)) continue
  return styles.map((id) => {
    const format = formats.get(id)
    return format === undefined ? meaningOfBuiltIn(id) : meaningOfFormat(format)
  })
}

/** Formats without a text of their own: 14 to 17 and 22 everywhere, 27 to 36 and 50 to 58 in East Asian Excel. */
function meaningOfBuiltIn(id: number): NumberMeaning {
  if (id === 22) return 'datetime'
  const isDate = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)
  return isDate ? 'date' : 'number'
}

/** A format that shows a year or a day is a date; times of day and durations alone stay numbers of days. */
export function meaningOfFormat(format: string): NumberMeaning {
  const shown = format
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';')[0]!
    .replace(/\[[^\]]*\]/g, '')
    .toLowerCase()
  if (shown.includes('general') || !/[yd]|mmm/.test(shown)) return 'number'
  return /[hs]/.test(shown) ? 'datetime' : 'date'
}
