import { fillIn, type PipelinePlace, type PlaceholdersOf } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'

interface FindingText {
  severity: Finding['severity']
  message: string
  remedy: string
}

/** What the check of a document can find by itself; nodes add findings of their own when they propagate shapes. */
export const findingTexts = {
  'unknown-type': {
    severity: 'error',
    message: 'There is no node type “{type}”.',
    remedy: '{remedy}',
  },
  'newer-version': {
    severity: 'error',
    message: '“{node}” was made with version {version} of “{title}”; this Pipewright has version {known}.',
    remedy: 'Update Pipewright.',
  },
  'older-version': {
    severity: 'warning',
    message: '“{node}” was made with version {version} of “{title}” and runs as version {known}.',
    remedy: 'Upgrade it in the file, so that others see what runs.',
  },
  'no-upgrade': {
    severity: 'error',
    message:
      '“{node}” was made with version {version} of “{title}”, from which no way leads to version {known}.',
    remedy: 'Add a new node of this type in its place.',
  },
  'missing-node': {
    severity: 'error',
    message: 'The edge “{edge}” speaks of “{node}”, but there is no such node.',
    remedy: '{remedy}',
  },
  'stale-mention': {
    severity: 'warning',
    message: 'A {thing} speaks of “{node}”, but there is no such node.',
    remedy: 'Remove the {thing}, or add the node.',
  },
  'no-nodes': {
    severity: 'warning',
    message: 'The pipeline has no nodes, so there is nothing to run.',
    remedy: 'Add a node; `pipewright nodes list` names all types.',
  },
  'unknown-check': {
    severity: 'error',
    message: 'Check {place} is called “{type}”, which there is not.',
    remedy: '{remedy}',
  },
  'never-due': {
    severity: 'warning',
    message: 'The schedule “{name}” never starts: {problem}',
    remedy: 'Give minute, hour, day of month, month and day of week, such as “0 6 * * MON-FRI”.',
  },
  'schedule-parameter': {
    severity: 'warning',
    message: 'The schedule “{name}” gives a parameter “{parameter}”, which the pipeline does not have.',
    remedy: '{remedy}',
  },
  'bad-check': {
    severity: 'error',
    message: 'Check {place} (“{type}”), {path}: {message}',
    remedy: '{remedy}',
  },
  'missing-port': {
    severity: 'error',
    message: '“{node}” has no {direction} “{port}”.',
    remedy: '{remedy}',
  },
  'mistyped-port': {
    severity: 'error',
    message: '“{output}” gives a {gives}, but “{input}” takes a {takes}.',
    remedy: '{remedy}',
  },
  'crowded-port': {
    severity: 'error',
    message: '{count} edges end at “{port}”, which takes one.',
    remedy: 'Keep one of them.',
  },
  'missing-input': {
    severity: 'error',
    message: '“{node}” needs a {type} at “{port}”.',
    remedy: 'Connect an output that gives a {type}.',
  },
  'sink-in-item': {
    severity: 'error',
    message:
      '“{sink}” changes something outside the pipeline, which no step may do for the items of “{node}”.',
    remedy: 'Do it with what was collected, behind this step.',
  },
  'not-in-subpipeline': {
    severity: 'error',
    message: 'The sub-pipeline “{subpipeline}”, which “{node}” runs, has no {part} “{name}”.',
    remedy: '{remedy}',
  },
  'open-input': {
    severity: 'error',
    message: '“{node}” gets the {type} at “{port}” from outside: it is the input “{input}” of this pipeline.',
    remedy: 'Run a pipeline that uses this one, or connect something there.',
  },
  cycle: {
    severity: 'error',
    message: 'These nodes wait for each other: {path}.',
    remedy: 'Remove one of the edges between them.',
  },
  'bad-parameter': {
    severity: 'error',
    message: '{problem}',
    remedy: '{remedy}',
  },
  'unreadable-source': {
    severity: 'warning',
    message: 'The source of “{node}” could not be read.',
    remedy: 'Check what its parameters name; until then its columns are not known.',
  },
  'fitting-before-split': {
    severity: 'error',
    message: '“{node}” learns from every row, also from those that “{split}” sets aside further on.',
    remedy: 'Let “{split}” stand before “{node}”.',
  },
  // One row a customer, made of the customer's rows alone, is sound before a split: nobody but the user knows.
  'values-over-all-rows-before-split': {
    severity: 'warning',
    message: '“{node}” computes over every row, also over those that “{split}” sets aside further on.',
    remedy: 'Let “{split}” stand before “{node}”, unless each value is made of rows that belong together.',
  },
  'not-split': {
    severity: 'warning',
    message: '“{node}” learns from every row: no split stands before it, so no row is left to test with.',
    remedy: 'Split the table before this node.',
  },
  'target-as-feature': {
    severity: 'warning',
    message: '“{column}” is a feature of “{node}”, but {reason}: it may give the answer away.',
    remedy: 'Give it the role “ignore” before this node, unless it is known when predictions are made.',
  },
  'unused-output': {
    severity: 'warning',
    message: 'Nothing uses what “{node}” gives.',
    remedy: 'Connect one of its outputs, or disable it.',
  },
  'node-defect': {
    severity: 'warning',
    message: '“{node}” could not be checked: {problem}',
    remedy: 'This is a mistake in the node type “{type}”; please report it.',
  },
} as const satisfies Record<string, FindingText>
export type FindingCode = keyof typeof findingTexts

export interface FindingDetails {
  at?: PipelinePlace | undefined
  edge?: string | undefined
  fix?: Finding['fix'] | undefined
}

type ValuesOf<Code extends FindingCode> = Readonly<
  Record<PlaceholdersOf<(typeof findingTexts)[Code]['message' | 'remedy']>, string | number>
>

export function finding<Code extends FindingCode>(
  code: Code,
  values: ValuesOf<Code>,
  { at, edge, fix }: FindingDetails,
): Finding {
  const { severity, message, remedy } = findingTexts[code]
  return {
    code,
    severity,
    ...(at && { at }),
    ...(edge !== undefined && { edge }),
    message: fillIn(message, values),
    remedy: fillIn(remedy, values),
    ...(fix && { fix }),
  }
}
