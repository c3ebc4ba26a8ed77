import { clusterOutput } from '../../core/answer-names.ts'
import type { ColumnType } from '../../core/columns.ts'
import type { LoggedModel } from '../../serving/log/prediction-record.ts'
import type { LoggedRequest } from './logged-block.ts'
import type { RowView } from './row-view.ts'

/** Rows of a window as they come. Of very many only every second is kept, then every fourth, and so on. */
export interface WindowRows {
  /** All that were added. */
  readonly rows: number
  readonly firstAt: number
  readonly lastAt: number
  /** Rows `from` to `to` of a request. */
  add(model: LoggedModel, request: LoggedRequest, range: { from: number; to: number }): void
  /** The rows that are kept, and which they are: every `stride`th from the first on. */
  view(): { view: RowView; ids: readonly string[]; times: readonly number[]; stride: number }
}

const mostKept = 50_000

interface Gathered {
  type: ColumnType
  width: number
  values: (number | string)[]
}

export function createWindowRows(): WindowRows {
  let rows = 0
  let stride = 1
  let firstAt = Infinity
  let lastAt = -Infinity
  let ids: string[] = []
  let times: number[] = []
  let inputs: Map<string, Gathered> | null = null
  let answers: Gathered | null = null
  let probabilities: Gathered | null = null

  const begin = (model: LoggedModel): void => {
    inputs = new Map(model.inputs.map(({ name, type }) => [name, { type, width: 1, values: [] }]))
    const answer = model.outputs[answerPlace(model)]
    answers = answer ? { type: answer.type === 'text' ? 'text' : 'number', width: 1, values: [] } : null
    const given = model.outputs.find(({ name }) => name === 'probabilities')
    probabilities = given ? { type: 'number', width: given.width, values: [] } : null
  }
  const gathered = (): Gathered[] =>
    [...(inputs?.values() ?? []), answers, probabilities].filter((column) => column !== null)
  const thin = (): void => {
    stride *= 2
    ids = ids.filter((_, at) => at % 2 === 0)
    times = times.filter((_, at) => at % 2 === 0)
    for (const column of gathered())
      column.values = column.values.filter((_, at) => Math.floor(at / column.width) % 2 === 0)
  }
  return {
    get rows() {
      return rows
    },
    get firstAt() {
      return firstAt
    },
    get lastAt() {
      return lastAt
    },
    add(model, request, { from, to }) {
      if (!inputs) begin(model)
      // A column that is logged no more is not missing: it is not known.
      for (const name of inputs!.keys())
        if (!model.inputs.some((input) => input.name === name)) inputs!.delete(name)
      const places = placesIn(model)
      const given = request.outputs[places.answer]
      const shares = request.outputs[places.probabilities]
      firstAt = Math.min(firstAt, request.time)
      lastAt = Math.max(lastAt, request.time)
      for (let row = from; row < to; row++) {
        rows += 1
        if ((rows - 1) % stride !== 0) continue
        ids.push(request.ids[row]!)
        times.push(request.time)
        for (const [name, column] of inputs!)
          column.values.push(request.inputs[places.inputs.get(name)!]![row]!)
        answers?.values.push(given![row]!)
        if (probabilities) {
          const { width } = probabilities
          for (let at = row * width; at < (row + 1) * width; at++) probabilities.values.push(shares![at]!)
        }
        if (ids.length > mostKept) thin()
      }
    },
    view: () => ({
      view: {
        rows: ids.length,
        columns: new Map(
          [...(inputs ?? [])].map(([name, { type, values }]) => [
            name,
            { type, values: typed(type, values) },
          ]),
        ),
        answers: answers && typed(answers.type, answers.values),
        probabilities: probabilities && Float64Array.from(probabilities.values as number[]),
      },
      ids,
      times,
      stride,
    }),
  }
}

const typed = (type: ColumnType, values: readonly (number | string)[]): Float64Array | string[] =>
  type === 'text' ? (values as string[]) : Float64Array.from(values as number[])

interface Places {
  inputs: ReadonlyMap<string, number>
  answer: number
  probabilities: number
}

const known = new WeakMap<LoggedModel, Places>()

/** Where the columns of a model stand in its records. */
function placesIn(model: LoggedModel): Places {
  const found = known.get(model)
  if (found) return found
  const made = {
    inputs: new Map(model.inputs.map(({ name }, at) => [name, at])),
    answer: answerPlace(model),
    probabilities: model.outputs.findIndex(({ name }) => name === 'probabilities'),
  }
  known.set(model, made)
  return made
}

function answerPlace({ outputs }: LoggedModel): number {
  const place = (name: string): number => outputs.findIndex((output) => output.name === name)
  return [place('label'), place('value'), place(clusterOutput)].find((at) => at >= 0) ?? -1
}
