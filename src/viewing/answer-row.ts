import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelAnswer, RawValue } from '../contract/model-details.ts'
import type { Artifact, ModelData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { openSession, type OnnxSession, type OutputColumns } from '../onnx/session.ts'
import { readRawRow } from './raw-row.ts'

interface ReadyModel {
  model: Artifact<'model'>
  session: OnnxSession
}

/** Answers of models for single rows. Models that were asked last stay loaded. */
export interface RowAnswers {
  answer(
    context: RunContext,
    request: { artifact: string; row: Readonly<Record<string, RawValue>> },
  ): Promise<ModelAnswer>
}

const mostLoaded = 3

export function createRowAnswers(): RowAnswers {
  const ready = new Map<string, Promise<ReadyModel>>()
  const take = (context: RunContext, artifact: string): Promise<ReadyModel> => {
    const model = ready.get(artifact) ?? load(context, artifact)
    ready.delete(artifact)
    ready.set(artifact, model)
    model.catch(() => ready.delete(artifact))
    const [oldest] = ready.keys()
    if (ready.size > mostLoaded) {
      void ready.get(oldest!)?.then(({ session }) => session.close())
      ready.delete(oldest!)
    }
    return model
  }
  return {
    async answer(context, { artifact, row }) {
      const { model, session } = await take(context, artifact)
      const read = readRawRow(model.data.signature.inputs, row)
      if ('problems' in read) return { outcome: 'refused', problems: read.problems }
      const started = performance.now()
      const outputs = await session.run(read.chunk)
      const durationMs = performance.now() - started
      return { outcome: 'answered', ...answerIn(outputs, model.data), durationMs }
    },
  }
}

async function load(context: RunContext, artifact: string): Promise<ReadyModel> {
  const model = await context.artifacts.read('model', artifact)
  const bytes = await readFile(join(context.artifacts.folder(artifact), 'model.onnx'))
  return { model, session: await openSession(bytes) }
}

/** The answer for the first row of outputs; none where a value is missing that the model cannot do without. */
export function answerIn(
  { label, probabilities, value }: OutputColumns,
  { target }: ModelData,
): Pick<ModelAnswer & { outcome: 'answered' }, 'answer' | 'probabilities'> {
  const [first = null] = label ?? value ?? []
  const shares =
    target.classes && probabilities
      ? target.classes.map((name, index) => ({ class: name, probability: Number(probabilities[index]) }))
      : null
  const isKnown = shares
    ? shares.every(({ probability }) => Number.isFinite(probability))
    : typeof first !== 'number' || Number.isFinite(first)
  return isKnown ? { answer: first, probabilities: shares } : { answer: null, probabilities: null }
}
