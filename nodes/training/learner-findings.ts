import { isNumeric, type Column, type ModelShape, type TableShape } from '../../src/core/columns.ts'
import type { PropagationContext } from '../../src/node-kit/define-node.ts'
import { insertBefore } from '../../src/node-kit/insert-before.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'

type Place = Pick<PropagationContext<never, never>, 'node' | 'feeds' | 'freeNodeId'>

export const targetOf = (table: TableShape): Column | undefined =>
  table.columns.find((column) => column.role === 'target')

/** What keeps a learner from learning from a table, seen before anything runs. */
export function learnerFindings(table: TableShape, place: Place): NodeFinding[] {
  if (!table.known) return []
  return [...targetFindings(table, place), ...featureFindings(table, place), ...laterFeatures(table, place)]
}

function targetFindings(table: TableShape, place: Place): NodeFinding[] {
  const target = targetOf(table)
  if (!target) return [missingTarget(table, place)]
  if (target.type !== 'vector' && target.type !== 'date' && target.type !== 'datetime') return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `The target “${target.name}” is a ${target.type} column, which cannot be learned.`,
      remedy: 'Choose a target of numbers, texts or booleans, or derive one from this column.',
      port: 'table',
    },
  ]
}

function missingTarget(table: TableShape, place: Place): NodeFinding {
  const last = table.columns.findLast((column) => column.role === 'feature' && column.type !== 'vector')
  const fix =
    last &&
    insertBefore(place, 'table', {
      title: `Set “${last.name}” as the target`,
      id: 'roles',
      node: { type: 'features.set-roles', version: 1, params: { target: last.name } },
    })
  return {
    code: 'missing-target',
    severity: 'error',
    message: 'No column of the table is the target, so there is nothing to learn to predict.',
    remedy: 'Give one column the role “target” with “Set roles”.',
    port: 'table',
    ...(fix && { fix }),
  }
}

/** Features that are known only after the event: the model would not have them when it matters. */
function laterFeatures(table: TableShape, place: Place): NodeFinding[] {
  const names = table.columns.flatMap(({ name, role, knownLater }) =>
    role === 'feature' && knownLater ? [name] : [],
  )
  if (names.length === 0) return []
  const fix = insertBefore(place, 'table', {
    title: `Take ${names.length === 1 ? 'it' : 'them'} out of the features`,
    id: 'known',
    node: { type: 'features.set-roles', version: 1, params: { ignore: names } },
  })
  return [
    {
      code: 'known-later',
      severity: 'warning',
      message:
        `${listed(names)} ${names.length === 1 ? 'is' : 'are'} known only after what is predicted has happened, or computed ` +
        'from what is: the model will not have that when it matters.',
      remedy: 'Give such features the role “ignore”.',
      port: 'table',
      ...(fix && { fix }),
    },
  ]
}

/** What keeps features from being learned from. */
export function featureFindings(table: TableShape, place: Place): NodeFinding[] {
  const features = table.columns.filter((column) => column.role === 'feature')
  const texts = features.filter((column) => column.type === 'text')
  const dates = features.filter((column) => column.type === 'date' || column.type === 'datetime')
  if (texts.length > 0 || dates.length > 0)
    return [
      ...(texts.length > 0 ? [textFeatures(texts, place)] : []),
      ...(dates.length > 0 ? [dateFeatures(dates, place)] : []),
    ]
  if (features.some((column) => column.type === 'vector' || isNumeric(column.type))) return []
  return [
    {
      code: 'no-features',
      severity: 'error',
      message: 'The table has no column with the role “feature”, so there is nothing to learn from.',
      remedy: 'Give at least one column the role “feature” with “Set roles”.',
      port: 'table',
    },
  ]
}

function textFeatures(texts: readonly Column[], place: Place): NodeFinding {
  const names = texts.map(({ name }) => name)
  const fix = insertBefore(place, 'table', {
    title: 'Encode them with one-hot codes',
    id: 'encode',
    node: { type: 'features.encode', version: 1, params: { columns: names } },
  })
  return {
    code: 'text-feature',
    severity: 'error',
    message: `A learner takes numbers, but ${listed(names)} ${names.length === 1 ? 'holds' : 'hold'} text.`,
    remedy: 'Encode them first, or give them another role, such as “ignore”.',
    port: 'table',
    ...(fix && { fix }),
  }
}

function dateFeatures(dates: readonly Column[], place: Place): NodeFinding {
  const names = dates.map(({ name }) => name)
  const fix = insertBefore(place, 'table', {
    title: 'Take them apart into year, month, day, …',
    id: 'dates',
    node: { type: 'features.date-parts', version: 1, params: { columns: names } },
  })
  return {
    code: 'date-feature',
    severity: 'warning',
    message: `A learner sees ${listed(names)} as one number that only grows, so every later row lies beyond what it knows.`,
    remedy: 'Take dates apart with `features.date-parts`, or give them another role, such as “ignore”.',
    port: 'table',
    ...(fix && { fix }),
  }
}

/** What the task that was chosen and the type of the target have against each other. */
export function taskFindings(
  table: TableShape,
  task: 'auto' | 'classification' | 'regression',
): NodeFinding[] {
  const target = targetOf(table)
  if (!table.known || !target) return []
  if (task === 'regression' && target.type === 'text')
    return [
      {
        code: 'wrong-type',
        severity: 'error',
        message: `The target “${target.name}” holds texts, and the task “regression” predicts amounts.`,
        remedy: 'Choose the task “classification”, or another target.',
        param: 'task',
      },
    ]
  if (task !== 'classification' || target.type !== 'number') return []
  return [
    {
      code: 'amounts-as-classes',
      severity: 'warning',
      message: `The target “${target.name}” holds amounts; as classes each different amount is a class of its own.`,
      remedy: 'Choose the task “regression”, or bin or cast the target where its numbers are classes.',
      param: 'task',
    },
  ]
}

/** The model of a learner that knows two classes or numbers, as far as the type of the target tells. */
function modelOfTwoClassesOrNumbers(
  table: TableShape,
  wanted: 'auto' | 'classification' | 'regression',
): ModelShape {
  const target = targetOf(table)
  const isText = target?.type === 'text' || target?.type === 'boolean'
  const name = target?.name ?? null
  if (wanted === 'classification' || (wanted === 'auto' && isText)) {
    return { kind: 'model', task: 'binary', answers: 'classes', target: name }
  }
  if (wanted === 'regression' || target?.type === 'number') {
    return { kind: 'model', task: 'regression', answers: 'numbers', target: name }
  }
  return { kind: 'model', task: null, target: name }
}

/** The model of a learner that knows any number of classes and numbers, as far as the type of the target tells. */
export function modelOfClassesOrNumbers(
  table: TableShape,
  wanted: 'auto' | 'classification' | 'regression',
): ModelShape {
  const model = modelOfTwoClassesOrNumbers(table, wanted)
  return model.task === 'binary' && targetOf(table)?.type !== 'boolean' ? { ...model, task: null } : model
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ')
}
