import type { Card, CardPart, CardSection } from './card-parts.ts'
import { text, warning } from './card-parts.ts'
import { reportsOf } from './card-reports.ts'
import type { CardRun, CardSource, CardStep } from './card-source.ts'
import { limitsOf } from './card-limits.ts'
import { calibrationParts, importanceParts, qualityParts, sliceParts } from './card-quality.ts'
import { showNumber, showText } from '../../../src/report-pages/show-values.ts'

/** What a model is for, what it was made of and how, how good it is, for whom less, and how to make it again. */
export function composeCard(source: CardSource): Card {
  const { registered, run } = source
  const reports = run ? reportsOf(run) : { evaluation: null, explanation: null, training: null }
  const sections: CardSection[] = [
    { title: 'What it is for', parts: purposeParts(source) },
    { title: 'Data', parts: run ? dataParts(run, source) : [unknownRun] },
    { title: 'Preparation', parts: run ? preparationParts(run) : [unknownRun] },
    { title: 'Learner', parts: learnerParts(source) },
    { title: 'How good it is', parts: qualityParts(source, reports.evaluation) },
    { title: 'For whom it is worse', parts: sliceParts(source, reports.evaluation) },
    { title: 'What it goes by', parts: importanceParts(source, reports.explanation) },
    { title: 'Calibration', parts: calibrationParts(reports.evaluation) },
    { title: 'Limits', parts: limitsOf(source, reports) },
    { title: 'Lineage', parts: lineageParts(source) },
    { title: 'How to make it again', parts: againParts(source) },
  ]
  return {
    title: `${registered.model}, version ${registered.version}`,
    summary: `A model card, written from what was recorded when it was made. Registered ${timeOf(registered.createdAt)}.`,
    sections: sections.filter(({ parts }) => parts.length > 0),
  }
}

const unknownRun = text('The run that made the model is not known here any more.')

function purposeParts({ registered, model, run, sizeBytes }: CardSource): CardPart[] {
  const { target, threshold, task } = model
  const described = [registered.description, run?.pipeline.description ?? ''].filter((each) => each !== '')
  const answer = target.classes
    ? `Says for a row whether “${target.name}” is ${anyOf(target.classes)}, with the probability of each.`
    : `Says how large “${target.name}” is for a row.`
  const from =
    threshold === undefined
      ? []
      : [
          text(
            `“${target.positive ?? target.classes?.at(-1)}” is the answer from a probability of ${showNumber(threshold)} on.`,
          ),
        ]
  return [
    ...described.map(text),
    text(answer),
    ...from,
    {
      kind: 'facts',
      facts: [
        ['name', `${registered.model}:${registered.version}`],
        ['also called', registered.aliases.map((alias) => `@${alias}`).join(' ') || '–'],
        ['task', task],
        ['takes', model.signature.inputs.map(({ name }) => name).join(', ')],
        ['size', `${showNumber(Math.ceil(sizeBytes / 1000))} kB`],
      ],
    },
  ]
}

const mostClasses = 10

function anyOf(classes: readonly string[]): string {
  const shown = classes.slice(0, mostClasses).map((name) => `“${showText(name)}”`)
  const more = classes.length - shown.length
  if (more > 0) return `${shown.join(', ')} or one of ${showNumber(more)} more`
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

function dataParts(run: CardRun, { model }: CardSource): CardPart[] {
  const sources = run.steps.filter((step) => step.leadsToModel && !step.takesTable && step.givesTable)
  const { training, evaluation } = reportsOf(run)
  const parts: [string, string][] = [
    ...(training
      ? [
          ['learned from', `${showNumber(training.rows.train)} rows`] as [string, string],
          ['chosen by', `${showNumber(training.rows.validation)} rows`] as [string, string],
        ]
      : []),
    ...(evaluation
      ? [['judged by', `${showNumber(evaluation.count)} ${evaluation.rows} rows`] as [string, string]]
      : []),
  ]
  return [
    {
      kind: 'table',
      columns: ['step', 'read by', 'from', 'rows', 'content'],
      rows: sources.map((step) => [
        step.node,
        step.title,
        fileOf(step),
        { number: step.rows === null ? '–' : showNumber(step.rows) },
        shortHash(step.outputs['table'] ?? Object.values(step.outputs)[0] ?? ''),
      ]),
    },
    ...(parts.length > 0 ? [{ kind: 'facts', facts: parts } as const] : []),
    ...rolesPart(run, model.target.name),
  ]
}

function fileOf({ params }: CardStep): string {
  const { path } = params
  return typeof path === 'string' ? path : '–'
}

function rolesPart({ columns }: CardRun, target: string): CardPart[] {
  if (!columns) return [text(`The target is “${target}”.`)]
  const byRole = Map.groupBy(columns, ({ role }) => role)
  return [
    {
      kind: 'facts',
      facts: [...byRole].map(([role, group]) => [role, group.map(({ name }) => name).join(', ')] as const),
    },
  ]
}

/** The steps between data and learner, each in a sentence. */
function preparationParts({ steps }: CardRun): CardPart[] {
  const between = steps.filter((step) => step.leadsToModel && step.takesTable && step.givesTable)
  if (between.length === 0) return [text('The data was taken as it is.')]
  return [
    {
      kind: 'list',
      items: between.map(({ node, title, summary, params }) => {
        const settings = Object.entries(params).map(([name, value]) => `${name} ${shortJson(value)}`)
        const told = settings.length === 0 ? '' : ` Settings: ${settings.join('; ')}.`
        return `${title} (${node}): ${summary}${told}`
      }),
    },
  ]
}

function shortJson(value: unknown): string {
  if (Array.isArray(value) && value.some((each) => typeof each === 'object')) return `(${value.length})`
  return showText(typeof value === 'string' ? value : JSON.stringify(value), 160)
}

function learnerParts({ model, run }: CardSource): CardPart[] {
  const { type, params } = model.learner
  const behind = run?.steps.filter((step) => step.leadsToModel && !step.givesTable && step.takesTable) ?? []
  const given = typeof params === 'object' && params !== null ? Object.entries(params) : []
  return [
    text(`${type}, on ${showNumber(model.features.length)} columns of numbers.`),
    {
      kind: 'facts',
      facts: given
        .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
        .map(([name, value]) => [name, shortJson(value)]),
    },
    ...(behind.length > 0
      ? [
          {
            kind: 'list',
            items: behind.map(({ node, title, summary }) => `${title} (${node}): ${summary}`),
          } as const,
        ]
      : []),
  ]
}

function lineageParts({ artifact, model, run }: CardSource): CardPart[] {
  return [
    {
      kind: 'facts',
      facts: [
        ['model', artifact],
        ['learned from table', model.trainedOn === '' ? 'not known' : model.trainedOn],
        ...(run
          ? ([
              ['run', run.id],
              ['pipeline', `${run.pipeline.name} (${run.pipeline.id})`],
              ['seed', String(run.pipeline.seed)],
              ...Object.entries(run.parameters).map(([name, value]) => [
                `parameter ${name}`,
                shortJson(value),
              ]),
            ] as [string, string][])
          : []),
      ],
    },
    ...(run ? [stepsPart(run)] : []),
  ]
}

function stepsPart({ steps }: CardRun): CardPart {
  const given = steps.flatMap(({ node, type, outputs }) =>
    Object.entries(outputs).map(([port, hash]) => [`${node}.${port}`, type, shortHash(hash)]),
  )
  return { kind: 'table', columns: ['output', 'made by', 'content'], rows: given }
}

function againParts({ registered, run }: CardSource): CardPart[] {
  const name = `${registered.model}:${registered.version}`
  if (!run) return [warning('Without its run the model cannot be made again from here.')]
  return [
    text(
      'The first command does all of the run again and compares every result; the others bring pipeline and answers.',
    ),
    {
      kind: 'commands',
      lines: [
        `pipewright reproduce ${run.id}`,
        `pipewright models show ${name} --pipeline > ${registered.model}.pipeline.json`,
        `pipewright predict ${name} new-rows.csv -o answers.csv`,
      ],
    },
  ]
}

const shortHash = (hash: string): string => hash.slice(0, 12)
const timeOf = (epochMs: number): string =>
  `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
