import type { OutputColumn, OutputColumns } from '../../onnx/session.ts'
import type { PredictionAnswer } from '../handler.ts'
import type { GivenAnswer } from './predictions.ts'
import { quotedText } from './quoted-text.ts'
import type { ServedVersion } from './serving-state.ts'

/*
 * Answers in JSON, written by hand: `JSON.stringify` of an object takes several times as long. Numbers are written so that
 * reading them gives the very bits that the model gave.
 */

/** The answer for one row. */
export function singleAnswerText({ served, model, version, isFallback, ...given }: GivenAnswer): string {
  const { outputs, from, total, ids } = given
  const row = rowText(outputs, { at: from, total, classes: served.classTexts })
  const fallback = isFallback ? ',"fallback":true' : ''
  return `{${row},"model":${quotedText(model)},"version":${version}${fallback}${idText(ids[0]!)}}`
}

/** The answers for many rows. */
export function manyAnswersText(answer: PredictionAnswer, served: ServedVersion): string {
  const { model, version, rowVersions, isFallback, outputs, predictionIds } = answer
  const total = predictionIds.length
  const classes = served.classTexts
  const rows = predictionIds.map((id, at) => {
    const own = rowVersions ? `,"version":${rowVersions[at]!}` : ''
    return `{${rowText(outputs, { at, total, classes })}${own}${idText(id)}}`
  })
  const fallback = isFallback ? ',"fallback":true' : ''
  return `{"model":${quotedText(model)},"version":${version}${fallback},"predictions":[${rows.join(',')}]}`
}

/** Replayed rows have no ids. */
function idText(id: string): string {
  return id === '' ? '' : `,"predictionId":"${id}"`
}

function rowText(
  outputs: OutputColumns,
  { at, total, classes }: { at: number; total: number; classes: readonly string[] | null },
): string {
  const answer = outputs['label'] ? 'label' : outputs['value'] ? 'value' : Object.keys(outputs)[0]!
  let text = `"prediction":${valuesText(outputs[answer]!, at, total)}`
  for (const name in outputs) {
    if (name === answer) continue
    const column = outputs[name]!
    text +=
      name === 'probabilities' && classes && classes.length * total === column.length
        ? `,"probabilities":{${probabilitiesText(column, at, classes)}}`
        : `,${quotedText(name)}:${valuesText(column, at, total)}`
  }
  return text
}

function probabilitiesText(column: OutputColumn, at: number, classes: readonly string[]): string {
  let text = ''
  for (let place = 0; place < classes.length; place++)
    text += `${place === 0 ? '' : ','}${classes[place]!}:${valueText(column[at * classes.length + place]!)}`
  return text
}

/** One value, or a list where the output has several a row. */
function valuesText(column: OutputColumn, at: number, total: number): string {
  const width = column.length / total
  if (width === 1) return valueText(column[at]!)
  return `[${Array.from(column.slice(at * width, (at + 1) * width), valueText).join(',')}]`
}

/** JSON has no word for numbers that are none. */
function valueText(value: string | number): string {
  if (typeof value === 'string') return quotedText(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0'
  return Number.isFinite(value) ? String(value) : 'null'
}
