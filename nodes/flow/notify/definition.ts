import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import { secretNamed } from '../../../src/core/secret-reference.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customers } from '../../example-tables.ts'
import { readCondition } from '../condition.ts'

const params = z.strictObject({
  message: z
    .string()
    .min(1)
    .meta({
      title: 'Message',
      description:
        'What is said. In braces it may name `{rows}` and `{columns}` of the table, metrics of the reports, such as ' +
        '`{roc_auc}` or `{evaluate.roc_auc}`, and `{error}`: what failed, and why. Where something failed, “–” stands for ' +
        'what is not there.',
      widget: 'text-area',
    }),
  when: z
    .enum(['always', 'failure', 'condition'])
    .default('always')
    .meta({
      title: 'When',
      description:
        'Always: also where something failed. Failure: only where a step that leads here failed. Condition: where ' +
        'nothing failed and the condition is true.',
    }),
  condition: z.string().default('').meta({
    title: 'Condition',
    description: 'On rows and metrics, as in *Branch*: `roc_auc < 0.8`. Not used when left empty.',
    widget: 'expression',
  }),
  to: z
    .enum(['log', 'webhook', 'file'])
    .default('log')
    .meta({
      title: 'Where to',
      description:
        'Log: the app and the command line show it with the run. Webhook: it is posted to an address, as JSON. File: it is ' +
        'added to the end of a text file.',
    }),
  url: z
    .string()
    .default('')
    .meta({
      title: 'Address',
      description:
        'Of the webhook; it begins with http:// or https://. An address that nobody else may know is kept as a secret, and ' +
        'named here: `secret:chat`. Not used when left empty.',
      widget: 'secret',
    }),
  path: z.string().default('').meta({
    title: 'File',
    description: 'The file that a line is added to. Not used when left empty.',
    widget: 'file-to-write',
  }),
  timeoutSeconds: z.number().min(0.1).max(120).default(10).meta({
    title: 'Time to answer',
    description: 'How long the webhook may take to answer.',
    unit: 'seconds',
  }),
  attempts: z.int().min(1).max(10).default(4).meta({
    title: 'Attempts',
    description:
      'How often it is tried while the webhook does not answer, is busy (408, 429) or has a problem (500 and above).',
    unit: 'attempts',
  }),
  backOffSeconds: z.number().min(0).max(60).default(1).meta({
    title: 'First pause',
    description: 'The pause after the first attempt; each further pause is twice as long.',
    unit: 'seconds',
  }),
})
export type NotifyParams = z.output<typeof params>

export const notify = defineNode({
  id: 'flow.notify',
  version: 1,
  title: 'Notify',
  summary: 'Says something when the run gets here: in the log, to a webhook, or in a file.',
  description:
    'The message is sent once for what it is about: a run that takes everything from before does not send it again. A ' +
    'failure is told of in every run; that it was told of does not make it good.\n\n' +
    'A webhook gets a POST with the JSON object `{ message, node, metrics, rows, failed }` and the header ' +
    '`Idempotency-Key`, which is the same for each attempt, so that a receiver can tell a repetition. Redirects are not ' +
    'followed. A pipeline that sends to an address, or writes a file elsewhere, needs to be trusted once.',
  keywords: ['alert', 'message', 'webhook', 'slack', 'teams', 'email', 'http post', 'inform', 'monitor'],
  inputs: {
    table: { type: 'table', title: 'Table', optional: true, acceptsFailure: true },
    reports: {
      type: 'report',
      title: 'Reports',
      description: 'Their metrics may stand in message and condition.',
      many: true,
      optional: true,
      acceptsFailure: true,
    },
    model: { type: 'model', title: 'Model', optional: true, acceptsFailure: true },
  },
  outputs: {},
  params,
  failures: {
    'unknown-name': {
      kind: 'user',
      message: 'The message names “{name}”, which is not known here.',
      remedy: 'Name {known}.',
    },
    'bad-condition': {
      kind: 'user',
      message: 'The condition cannot be answered: {problem} {hint}',
      remedy: 'Correct the condition, or connect what it asks of.',
    },
    'not-delivered': {
      kind: 'environment',
      message: '{host} did not take the message: {problem}.',
      remedy: 'Check the address, and that its server runs.',
    },
    'no-address': {
      kind: 'user',
      message: 'What “{reference}” stands for is no address of a webhook.',
      remedy: 'Give the secret again; it begins with https://.',
    },
  },
  examples: [
    {
      title: 'How many rows there are',
      params: { message: '{rows} customers are ready.' },
      inputs: { table: customers, reports: [] },
    },
    {
      title: 'A line in a file, where there are many',
      params: {
        message: '{rows} rows',
        when: 'condition',
        condition: 'rows > 10',
        to: 'file',
        path: 'notes.txt',
      },
      inputs: { table: customers, reports: [] },
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  writes: ({ to, path }) => (to === 'file' && path !== '' ? [path] : []),
  sends: ({ to, url }) => (to === 'webhook' ? (receiverOf(url) ?? []) : []),
  propagate: ({ inputs: { table, reports, model }, params }) => ({
    outputs: {},
    findings: [
      ...(table || model || reports.length > 0
        ? []
        : [
            {
              code: 'missing-input',
              severity: 'error' as const,
              message: 'Nothing is connected, so there is nothing to tell of.',
              remedy: 'Connect a table, a report or a model.',
            },
          ]),
      ...addressFindings(params),
      ...conditionFindings(params, { table: table ?? null, metrics: reports.length > 0 ? null : [] }),
    ],
  }),
})

function addressFindings({ to, url, path }: NotifyParams): NodeFinding[] {
  if (to === 'file' && path === '') return [wrong('path', 'No file is given.', 'Give the path of a file.')]
  if (to !== 'webhook') return []
  return receiverOf(url)
    ? []
    : [
        wrong(
          'url',
          `“${url}” is no address of a webhook.`,
          'Give one that begins with https://, or a secret.',
        ),
      ]
}

function conditionFindings(
  { when, condition }: NotifyParams,
  given: Parameters<typeof readCondition>[1],
): NodeFinding[] {
  if (when !== 'condition') return []
  const read = readCondition(condition, given)
  return 'problem' in read ? [wrong('condition', read.problem.message, read.problem.remedy)] : []
}

const wrong = (param: string, message: string, remedy: string): NodeFinding => ({
  code: 'bad-parameter',
  severity: 'error',
  message,
  remedy,
  param,
})

/** Who gets the message: an origin, or whom a secret names. */
const receiverOf = (url: string): string[] | null => (secretNamed(url) === null ? originOf(url) : [url])

/**
 * Scheme, host and port of an address, as a list of one; null for what is no such address. A name and a password before
 * the host are refused: they would stand in the file, and hide which host is meant.
 */
export function originOf(url: string): string[] | null {
  const [, origin] =
    /^(https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)(?:[/?#][^\s\\]*)?$/i.exec(url) ?? []
  return origin === undefined ? null : [origin.toLowerCase()]
}
