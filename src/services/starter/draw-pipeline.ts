import { columnText } from '../../core/expression/column-text.ts'
import { formatPipeline } from '../../core/format-pipeline.ts'
import { pipelineFormat, pipelineSchema, type Json } from '../../core/pipeline.ts'
import { asRegisteredName } from '../../core/registered-name.ts'
import type { AnyNodeDefinition } from '../../node-kit/define-node.ts'
import type { FileSurvey } from '../../viewing/view-calls.ts'
import { drawExpectations } from './draw-expectations.ts'
import type { JudgedColumn } from './judge-columns.ts'

export interface DrawRequest {
  /** Of the data, relative to the pipeline. */
  path: string
  name: string
  survey: FileSurvey
  columns: readonly JudgedColumn[]
  target: JudgedColumn
  definitions: readonly AnyNodeDefinition[]
}

type Task = NonNullable<JudgedColumn['task']>
interface DrawnNode {
  id: string
  type: string
  params: Record<string, Json>
  note?: string
}

/** A pipeline from the file to a registered model, as its canonical text. */
export function drawPipeline(request: DrawRequest): string {
  const { name, path, definitions } = request
  const chain = preparation(request)
  const after = afterwards(request)
  const nodes = [...chain, ...after.nodes]
  const versionOf = (type: string): number => definitions.find(({ id }) => id === type)?.version ?? 1
  const pipeline = pipelineSchema.parse({
    format: pipelineFormat,
    id: crypto.randomUUID(),
    name,
    seed: 7,
    parameters: { data: { type: 'path', default: path, title: 'Data' } },
    nodes: Object.fromEntries(
      nodes.map(({ id, type, params, note }) => [
        id,
        { type, version: versionOf(type), ...(note !== undefined && { note }), params },
      ]),
    ),
    edges: [...edgesAlong(chain), ...after.edges(chain.at(-1)!.id)],
    layout: layoutOf(chain, after.nodes),
  })
  return formatPipeline(pipeline)
}

/** From the file to the table that a model learns from. */
function preparation(request: DrawRequest): DrawnNode[] {
  const { survey, columns, target } = request
  const features = columns.filter(({ name, role }) => role === 'feature' && name !== target.name)
  const others = columns.filter(({ name }) => name !== target.name)
  const named = (role: JudgedColumn['role']) =>
    others.filter((each) => each.role === role).map(({ name }) => name)
  const words = features.filter(({ isFreeText }) => isFreeText).map(({ name }) => name)
  const plain = features.filter(({ isFreeText }) => !isFreeText)
  const has = (...types: readonly JudgedColumn['type'][]): boolean =>
    plain.some(({ type }) => types.includes(type))
  const but = (type: 'any' | 'text') => (words.length > 0 ? { columns: { type, except: words } } : {})
  const ignored = named('ignore')
  const ids = named('id')
  return [
    node('data', 'ingestion.file', {
      path: '${data}',
      ...(survey.header === false && { header: false }),
    }),
    node('expectations', 'validation.expectations', { expectations: drawExpectations(survey, columns) }),
    {
      ...node('roles', 'features.set-roles', {
        target: target.name,
        ...(ids.length > 0 && { id: ids }),
        ...(ignored.length > 0 && { ignore: ignored }),
      }),
      ...(survey.giveaways.length > 0 && { note: describeGiveaways(survey.giveaways, target.name) }),
    },
    ...(target.nulls > 0
      ? [node('answered', 'features.filter', { condition: `${columnText(target.name)} is not null` })]
      : []),
    splitOf(request),
    ...(has('date', 'datetime') ? [node('dates', 'features.date-parts', {})] : []),
    ...(plain.length > 0 ? [node('impute', 'features.impute', but('any'))] : []),
    ...(has('text') ? [node('encode', 'features.encode', but('text'))] : []),
    ...(words.length > 0 ? [node('words', 'features.text-features', { columns: words })] : []),
    ...(isLinear(target.task!, words) && plain.length > 0
      ? [node('scale', 'features.scale', but('any'))]
      : []),
  ]
}

/** Rows that follow one another in time are tested on the latest: that is what a model of them will be asked about. */
function splitOf({ survey, columns, target }: DrawRequest): DrawnNode {
  const small = survey.rows < 1_000
  const shares = { test: small ? 0.25 : 0.2, validation: small ? 0.15 : 0.2 }
  const [time] = survey.inOrder
  if (time !== undefined)
    return {
      ...node('split', 'features.split', { method: 'order', by: time, ...shares }),
      note: `The rows follow “${time}”, so the latest of them test.`,
    }
  const dated = columns.find(({ type }) => type === 'date' || type === 'datetime')
  return {
    ...node('split', 'features.split', {
      ...(target.task !== 'regression' && { method: 'stratified' }),
      ...shares,
    }),
    ...(dated && {
      note: `The rows do not follow “${dated.name}”, so any of them test. Split by its order if the model is for later rows.`,
    }),
  }
}

function describeGiveaways(giveaways: FileSurvey['giveaways'], target: string): string {
  const sentences = giveaways.map((group) => {
    const names = group.map((name) => `“${name}”`).join(' and ')
    return group.length === 1 ? `${names} is the same as “${target}”.` : `${names} add up to “${target}”.`
  })
  return `Ignored, for a model must not know it: ${sentences.join(' ')}`
}

/** Many words, and many classes, are for a linear model. */
const isLinear = (task: Task, words: readonly string[]): boolean => words.length > 0 || task === 'multiclass'

/** From the learner on. */
function afterwards({ columns, target, name }: DrawRequest): {
  nodes: DrawnNode[]
  edges: (table: string) => string[]
} {
  const task = target.task!
  const words = columns
    .filter(({ role, isFreeText, name }) => role === 'feature' && isFreeText && name !== target.name)
    .map((column) => column.name)
  const learner = learnerFor(task, isLinear(task, words))
  const isBinary = task === 'binary'
  const last = isBinary ? 'threshold' : learner.id
  return {
    nodes: [
      learner,
      ...(isBinary ? [node('threshold', 'training.threshold', {})] : []),
      node('evaluate', 'training.evaluate', {}),
      node('register', 'serving.register', { name: asRegisteredName(name), aliases: ['champion'] }),
    ],
    edges: (table) => [
      `${table}.table -> ${learner.id}.table`,
      ...(isBinary ? [`${learner.id}.model -> threshold.model`, `${table}.table -> threshold.table`] : []),
      `${last}.model -> evaluate.models`,
      `${table}.table -> evaluate.table`,
      `${last}.model -> register.model`,
    ],
  }
}

function learnerFor(task: Task, linear: boolean): DrawnNode {
  if (!linear) return node('trees', 'training.gradient-boosted-trees', {})
  return task === 'regression'
    ? node('ridge', 'training.linear-regression', { penalty: 'l2' })
    : node('logistic', 'training.logistic-regression', {})
}

const node = (id: string, type: string, params: Record<string, Json>): DrawnNode => ({ id, type, params })

function edgesAlong(chain: readonly DrawnNode[]): string[] {
  return chain.slice(1).map(({ id }, index) => `${chain[index]!.id}.table -> ${id}.table`)
}

const step = { x: 320, y: 120 }
const wide = 4

/** In lines of four, as one reads; the learner and what follows begin a new line. */
function layoutOf(
  chain: readonly DrawnNode[],
  after: readonly DrawnNode[],
): Record<string, [number, number]> {
  const lines = Math.ceil(chain.length / wide)
  const place = (index: number, line: number): [number, number] => [index * step.x, line * step.y]
  return Object.fromEntries([
    ...chain.map(({ id }, index) => [id, place(index % wide, Math.floor(index / wide))] as const),
    ...after.map(({ id }, index) => [id, place(index, lines)] as const),
  ])
}
