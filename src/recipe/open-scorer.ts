import { openSession, type OnnxSession, type OutputColumn, type OutputColumns } from '../onnx/session.ts'
import { valuesOfColumns, type CodedChunk } from '../tables/coded-texts.ts'
import { openInParts, type ModelInParts } from './model-in-parts.ts'

/** Chunks that a model answers before it is opened for many rows. */
const FEW_CHUNKS = 4

/** Answers for chunk after chunk of at most 4 096 rows. */
export interface Scorer {
  run(chunk: CodedChunk, outputs?: readonly string[]): Promise<OutputColumns>
  close(): Promise<void>
}

/**
 * Opens a model to answer for the rows of a table. Where there are many, it answers in parts, once these have given for
 * a chunk what the model gives, bit for bit; where they do not, the model answers for all.
 */
export async function openScorer(bytes: Uint8Array): Promise<Scorer> {
  return new ProvenScorer(bytes, await openSession(bytes))
}

class ProvenScorer implements Scorer {
  readonly #bytes: Uint8Array
  readonly #whole: OnnxSession
  #parts: ModelInParts | null = null
  #chunks = 0

  constructor(bytes: Uint8Array, whole: OnnxSession) {
    this.#bytes = bytes
    this.#whole = whole
  }

  async run(chunk: CodedChunk, outputs?: readonly string[]): Promise<OutputColumns> {
    if (this.#parts) return this.#parts.run(chunk, outputs)
    const { rows, columns } = chunk
    const answers = await this.#whole.run({ rows, columns: valuesOfColumns(columns) }, outputs)
    if (++this.#chunks === FEW_CHUNKS) await this.#prove(chunk, { answers, outputs })
    return answers
  }

  async close(): Promise<void> {
    await this.#whole.close()
    await this.#parts?.close()
  }

  async #prove(
    chunk: CodedChunk,
    { answers, outputs }: { answers: OutputColumns; outputs: readonly string[] | undefined },
  ): Promise<void> {
    const parts = await openInParts(this.#bytes)
    if (!parts) return
    const found = await parts.run(chunk, outputs)
    if (Object.entries(answers).every(([name, column]) => isSame(column, found[name]))) this.#parts = parts
    else await parts.close()
  }
}

function isSame(one: OutputColumn, other: OutputColumn | undefined): boolean {
  if (Array.isArray(one))
    return (
      Array.isArray(other) && one.length === other.length && one.every((text, row) => text === other[row])
    )
  return ArrayBuffer.isView(other) && Buffer.compare(bytesOf(one), bytesOf(other)) === 0
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
