import type { OutputColumn } from '../onnx/session.ts'
import type { CodedTexts } from '../tables/coded-texts.ts'

/** A column that depends on a text: `width` values a text. */
export interface TextColumn {
  type: 'float32' | 'float64' | 'string'
  width: number
}

/** Of each row, where its `width` values stand in a list. */
export interface LookedUp {
  places: Uint32Array
  values: OutputColumn
  width: number
}

/** Beyond so many texts, or values of one column, the table starts anew, so that its memory is bounded. */
const MOST_TEXTS = 65_536
const MOST_VALUES = 1 << 22

/** What texts become, remembered: each different one is computed once. */
export class TextTable {
  readonly #columns: readonly TextColumn[]
  readonly #compute: (texts: string[]) => Promise<OutputColumn[]>
  readonly #mostTexts: number
  #placeOf = new Map<string, number>()
  /** The places of the texts of a list, from 1, by their codes; 0 where a text was not met yet. */
  #places = { texts: [] as readonly string[], byCode: new Uint32Array() }
  #values: OutputColumn[]

  constructor(columns: readonly TextColumn[], compute: (texts: string[]) => Promise<OutputColumn[]>) {
    this.#columns = columns
    this.#compute = compute
    this.#values = columns.map(({ type }) => emptyValues(type, 0))
    const widest = Math.max(...columns.map(({ width }) => width))
    this.#mostTexts = Math.min(MOST_TEXTS, Math.ceil(MOST_VALUES / widest))
  }

  /** The values of each column for these texts, in their order. The lists grow with the texts that come. */
  async lookUp({ codes, texts }: CodedTexts): Promise<LookedUp[]> {
    if (this.#placeOf.size > this.#mostTexts) this.#clear()
    const byCode = this.#placesOf(texts)
    const places = new Uint32Array(codes.length)
    const unseen: string[] = []
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!
      const place = byCode[code]! || (byCode[code] = this.#place(texts[code]!, unseen))
      places[row] = place - 1
    }
    if (unseen.length > 0) await this.#add(unseen)
    return this.#columns.map(({ width }, index) => ({ places, values: this.#values[index]!, width }))
  }

  /** Of the list that it was given last, unless that is another. */
  #placesOf(texts: readonly string[]): Uint32Array {
    const { byCode } = this.#places
    if (this.#places.texts !== texts) this.#places = { texts, byCode: new Uint32Array(texts.length) }
    else if (byCode.length < texts.length) {
      this.#places.byCode = new Uint32Array(2 * texts.length)
      this.#places.byCode.set(byCode)
    }
    return this.#places.byCode
  }

  #place(text: string, unseen: string[]): number {
    const known = this.#placeOf.get(text)
    if (known !== undefined) return known
    unseen.push(text)
    this.#placeOf.set(text, this.#placeOf.size + 1)
    return this.#placeOf.size
  }

  async #add(texts: string[]): Promise<void> {
    const first = this.#placeOf.size - texts.length
    for (const [index, added] of (await this.#compute(texts)).entries()) {
      const { type, width } = this.#columns[index]!
      this.#values[index] = appended(this.#values[index]!, added, { type, at: first * width })
    }
  }

  #clear(): void {
    this.#placeOf = new Map()
    this.#places = { texts: [], byCode: new Uint32Array() }
    this.#values = this.#columns.map(({ type }) => emptyValues(type, 0))
  }
}

function emptyValues(type: TextColumn['type'], length: number): OutputColumn {
  switch (type) {
    case 'float32':
      return new Float32Array(length)
    case 'float64':
      return new Float64Array(length)
    case 'string':
      return []
  }
}

/** Values with others from a place on, in memory that at least doubles when it grows. */
function appended(
  values: OutputColumn,
  added: OutputColumn,
  { type, at }: { type: TextColumn['type']; at: number },
): OutputColumn {
  if (Array.isArray(values)) {
    for (const text of added as string[]) values.push(text)
    return values
  }
  const length = at + added.length
  const target =
    length <= values.length
      ? values
      : (emptyValues(type, Math.max(length, 2 * values.length)) as Float64Array)
  if (target !== values) target.set(values)
  target.set(added as Float64Array, at)
  return target
}

/** What was looked up, row by row; of texts, one a row, their codes. */
export function gathered({
  places,
  values,
  width,
}: LookedUp): Float32Array | Float64Array | string[] | CodedTexts {
  if (Array.isArray(values))
    return width === 1 ? { codes: places, texts: values } : pickTexts(values, places, width)
  const length = places.length * width
  const picked = values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
  let at = 0
  for (let row = 0; row < places.length; row++) {
    const from = places[row]! * width
    for (let element = 0; element < width; element++) picked[at++] = values[from + element]!
  }
  return picked
}

function pickTexts(values: readonly string[], places: Uint32Array, width: number): string[] {
  const picked: string[] = []
  for (const place of places)
    for (let element = 0; element < width; element++) picked.push(values[place * width + element]!)
  return picked
}
