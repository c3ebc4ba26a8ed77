import type { ModelData, StartColumn } from '../../core/artifacts.ts'
import { PipewrightError } from '../../core/errors.ts'
import { checkExpression } from '../../core/expression/check-expression.ts'
import { evaluateExpression } from '../../core/expression/evaluate-expression.ts'
import type { ExpressionValue } from '../../core/expression/typed-expression.ts'
import type { OutputColumns } from '../../onnx/session.ts'
import type { ColumnChunk } from '../../tables/column-chunk.ts'
import type { LoadedVersion } from '../server/load-version.ts'
import type { ServerConfiguration } from '../server-protocol.ts'

/** What is answered instead of a model that fails. */
export interface Fallback {
  /** Of the model that answers; empty and 0 where none does. */
  model: string
  version: number
  artifact: string
  /** Null where it has no answer either. */
  answer(chunk: ColumnChunk): Promise<OutputColumns | null>
}

const noModel = { model: '', version: 0, artifact: '' }

/** Throws the problem of a rule that cannot be read. `columns` are those that requests are read into. */
export function createFallback(
  fallback: ServerConfiguration['fallback'],
  options: { target: ModelData['target']; columns: readonly StartColumn[]; loaded: LoadedVersion | null },
): Fallback | null {
  const { target, columns, loaded } = options
  switch (fallback.kind) {
    case 'none':
      return null
    case 'constant':
      return {
        ...noModel,
        answer: async ({ rows }) =>
          outputsOf(
            Array.from({ length: rows }, () => fallback.answer),
            target,
          ),
      }
    case 'rule':
      return { ...noModel, answer: ruleFor(fallback.expression, { target, columns }) }
    case 'version': {
      const { model, version, artifact, session } = loaded!
      return { model, version, artifact, answer: (chunk) => session.run(chunk) }
    }
  }
}

function ruleFor(
  text: string,
  { target, columns }: { target: ModelData['target']; columns: readonly StartColumn[] },
): Fallback['answer'] {
  const checked = checkExpression(text, columns)
  if ('problem' in checked) throw new PipewrightError(checked.problem)
  return async ({ rows, columns: values }) => {
    const answers = Array.from({ length: rows }, (_, at) =>
      evaluateExpression(
        checked.expression,
        Object.fromEntries(columns.map((column) => [column.name, valueAt(column, values[column.name]!, at)])),
      ),
    )
    return answers.includes(null) ? null : outputsOf(answers, target)
  }
}

function valueAt({ type }: StartColumn, column: Float64Array | string[], at: number): ExpressionValue {
  const value = column[at]!
  if (typeof value === 'number' && Number.isNaN(value)) return null
  return type === 'boolean' ? value !== 0 : value
}

/** Null where an answer is of the wrong kind. */
function outputsOf(
  answers: readonly ExpressionValue[],
  { classes }: ModelData['target'],
): OutputColumns | null {
  if (classes) return { label: answers.map(String) }
  const value = Float64Array.from(answers, Number)
  return value.every(Number.isFinite) ? { value } : null
}
