import { refuseTooLarge, refuseTooManyNodes } from './document-limits.ts'
import { explainIssues, type Explanation } from './explain-issues.ts'
import { pipelineError } from './pipeline-errors.ts'
import { pipelineFormat, pipelineLimits, pipelineSchema, type Json, type Pipeline } from './pipeline.ts'
import { placeInJson, readJson } from './read-json.ts'

/** Reads the text of a pipeline file. Throws a PipewrightError that names the line, the column and the remedy. */
export function parsePipeline(text: string): Pipeline {
  refuseTooLarge(text)
  const value = readJson(text, pipelineLimits)
  refuseOtherFormats(value)
  refuseTooManyNodes(value)
  const checked = explainIssues(pipelineSchema, value)
  if (checked.success) return checked.data
  throw badField(text, checked.explanations[0]!)
}

function refuseOtherFormats(value: Json): void {
  const notAPipeline = (reason: string) => pipelineError('not-a-pipeline', { reason, format: pipelineFormat })
  if (!isObject(value)) throw notAPipeline('it is not an object')
  const { format } = value
  if (format === undefined) throw notAPipeline('it has no “format”')
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1) {
    throw notAPipeline('its “format” is not a whole number from 1')
  }
  if (format > pipelineFormat) throw pipelineError('newer-format', { format, known: pipelineFormat })
}

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function badField(text: string, { path, message, remedy }: Explanation) {
  return pipelineError('bad-field', {
    problem: message.replace(/\.$/, ''),
    remedy,
    path: path.join('.'),
    ...placeInJson(text, path, pipelineLimits),
  })
}
