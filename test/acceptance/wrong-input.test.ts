import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInCommand, runCommand, type CommandOutcome } from '../contract/run-command.ts'
import { ExampleWorkspace } from './example-workspace.ts'

interface Mistake {
  what: string
  /** Of the command line, split at spaces. */
  does: string
  /** Made of the pipeline file of the example, as `changed.json`. */
  change?: [replace: string | RegExp, by: string]
  says: RegExp
  remedy: RegExp
  /** Stands on the line of `changed.json` that is named. */
  line?: string
  code: 1 | 2
}

const run = 'run telco-churn.pipeline.json'
const predict = 'predict telco-churn'

const mistakes: Mistake[] = [
  {
    what: 'a pipeline file that is not there',
    does: 'run telco-chrun.pipeline.json',
    says: /^There is no file telco-chrun\.pipeline\.json\.$/,
    remedy: /^Did you mean telco-churn\.pipeline\.json\?$/,
    code: 2,
  },
  {
    what: 'feedback to an answer without an id',
    does: 'deployments feedback telco-churn  Yes',
    says: /^This is no feedback: predictionId: /,
    remedy: /^Give the id of the prediction/,
    code: 2,
  },
  {
    what: 'a monitor that is not there',
    does: 'monitor telco-churn --spec gone.json',
    says: /^There is no file gone\.json\.$/,
    remedy: /^A relative path starts at/,
    code: 2,
  },
  {
    what: 'labelling functions that are not there',
    does: 'labels vote --deployment telco-churn --functions gone.json',
    says: /^There is no file gone\.json\.$/,
    remedy: /^A relative path starts at/,
    code: 2,
  },
  {
    what: 'the target of a channel that is not there',
    does: 'alerts channels keep bad garbage',
    says: /^There is no file garbage\.$/,
    remedy: /^A relative path starts at/,
    code: 2,
  },
  {
    what: 'a folder for a pipeline file',
    does: 'run folder',
    says: /^folder is a folder, not a pipeline file\.$/,
    remedy: /^Give a pipeline file/,
    code: 2,
  },
  {
    what: 'an empty pipeline file',
    does: 'run empty.csv',
    says: /^The file empty\.csv is empty\.$/,
    remedy: /^A pipeline file is one JSON object/,
    code: 2,
  },
  {
    what: 'the data for a pipeline file',
    does: 'run telco-churn.csv',
    says: /^telco-churn\.csv is not a pipeline file\.$/,
    remedy: /^Give the pipeline file/,
    code: 2,
  },
  {
    what: 'a type of node that is not there',
    does: 'run changed.json',
    change: ['features.impute', 'features.imput'],
    says: /^impute: There is no node type “features\.imput”\.$/,
    remedy: /^Did you mean “features\.impute”\? \(changed\.json:\d+\)$/,
    code: 2,
  },
  {
    what: 'a misspelt target',
    does: 'run changed.json',
    change: ['"target": "Churn"', '"target": "churn"'],
    line: '"churn"',
    says: /^roles\.target: There is no column “churn” here\.$/,
    remedy: /^Did you mean “Churn”\? \(changed\.json:\d+\)$/,
    code: 2,
  },
  {
    what: 'a misspelt column of an expectation',
    does: 'run changed.json',
    change: ['"column": "tenure"', '"column": "tenur"'],
    line: '"tenur"',
    says: /^expectations\.expectations\.5\.column: There is no column “tenur” here\.$/,
    remedy: /^Did you mean “tenure”\? \(changed\.json:\d+\)$/,
    code: 2,
  },
  {
    what: 'a misspelt parameter',
    does: 'run changed.json',
    change: ['"leaves": 8', '"leafs": 8'],
    line: '"leafs"',
    says: /^trees\.leafs: There is no parameter “leafs”\.$/,
    remedy: /^Did you mean “leaves”\? \(changed\.json:\d+\)$/,
    code: 2,
  },
  {
    what: 'a parameter of the wrong type',
    does: 'run changed.json',
    change: ['"learningRate": 0.05', '"learningRate": "fast"'],
    line: '"fast"',
    says: /^trees\.learningRate: “learningRate” cannot be “fast”\.$/,
    remedy: /^Give a number\. \(changed\.json:\d+\)$/,
    code: 2,
  },
  {
    what: 'an edge to a port that is not there',
    does: 'run changed.json',
    change: ['scale.table -> trees.table', 'scale.table -> trees.tabel'],
    says: /^trees\.tabel: “trees” has no input “tabel”\.$/,
    remedy: /^Did you mean “table”\?/,
    code: 2,
  },
  {
    what: '--param without anything',
    does: `${run} --param`,
    says: /argument missing/,
    remedy: /--help/,
    code: 2,
  },
  {
    what: '--param without a value',
    does: `${run} --param data`,
    says: /^“data” is not a parameter with a value\.$/,
    remedy: /^Write --param name=value\.$/,
    code: 2,
  },
  {
    what: '--param with a name that the pipeline does not have',
    does: `${run} --param dta=x.csv`,
    says: /^The pipeline has no parameter “dta”\.$/,
    remedy: /^Did you mean “data”\?/,
    code: 2,
  },
  {
    what: '--to a node that is not there',
    does: `${run} --to tree`,
    says: /^There is no node “tree” in this pipeline\.$/,
    remedy: /^Did you mean “trees”\?$/,
    code: 2,
  },
  {
    what: 'data that is not there',
    does: `${run} --param data=gone.csv`,
    says: /^customers\.path: There is no file “.*gone\.csv”\.$/,
    remedy: /^Check the path/,
    code: 2,
  },
  {
    what: 'a folder for data',
    does: `${run} --param data=folder`,
    says: /^customers\.path: The path “.*folder” is that of a folder, not of a file\.$/,
    remedy: /^Choose a file in it\./,
    code: 2,
  },
  {
    what: 'an empty data file',
    does: `${run} --param data=empty.csv`,
    says: /^customers: The file “.*empty\.csv” is empty\.$/,
    remedy: /^Choose a file with at least a header line\./,
    code: 2,
  },
  {
    what: 'data that is no text',
    does: `${run} --param data=binary.csv`,
    says: /^customers: “.*binary\.csv” is a binary file, not a table/,
    remedy: /^Choose a CSV, TSV, JSON, JSON lines or Parquet file\./,
    code: 2,
  },
  {
    what: 'a target without a value in a row',
    does: `${run} --param data=no-answer.csv`,
    says: /^The target “Churn” has no value in 1 of \d+ rows\.$/,
    remedy: /^Put `features\.filter` before the split, with the condition “Churn is not null”/,
    code: 1,
  },
  {
    what: 'an expectation that the data does not meet',
    does: 'run changed.json',
    change: [/"max_value": 120/, '"max_value": 60'],
    says: /^1 of 9 expectations are not met: .*“tenure”, but 1407 of 7043 values are not, such as 62, 69, 71\.$/,
    remedy: /^Look at the report \(`pipewright runs show latest expectations`\)/,
    code: 1,
  },
  {
    what: 'a model that is not registered',
    does: 'predict telco-chrn telco-churn.csv -o answers.csv',
    says: /^There is no registered model “telco-chrn”\.$/,
    remedy: /^Did you mean “telco-churn”\?$/,
    code: 2,
  },
  {
    what: 'an alias that the model does not have',
    does: 'predict telco-churn@best telco-churn.csv -o answers.csv',
    says: /^The model “telco-churn” has no alias “best”\.$/,
    remedy: /^Its aliases are “champion”\.$/,
    code: 2,
  },
  {
    what: 'data without a column that the model needs',
    does: `${predict} no-tenure.csv -o answers.csv`,
    says: /^The model “telco-churn:1” needs columns that “.*no-tenure\.csv” does not have: “tenure”\./,
    remedy: /^Add them or correct their names; `pipewright models show telco-churn:1` tells/,
    code: 2,
  },
  {
    what: 'data for a model that is not there',
    does: `${predict} gone.csv -o answers.csv`,
    says: /^There is no file gone\.csv\.$/,
    remedy: /^A relative path starts at the current folder/,
    code: 2,
  },
  {
    what: 'data for a model that is no text',
    does: `${predict} binary.csv -o answers.csv`,
    says: /^“.*binary\.csv” is a binary file/,
    remedy: /^Choose a CSV/,
    code: 2,
  },
  {
    what: 'answers in a folder that is a file',
    does: `${predict} telco-churn.csv -o empty.csv/answers.csv`,
    says: /^The file “.*empty\.csv\/answers\.csv” cannot be written: a part of its path is a file\.$/,
    remedy: /^Check that the folder may be written to/,
    code: 1,
  },
  {
    what: 'answers in a format that is not known',
    does: `${predict} telco-churn.csv -o answers.xlsx`,
    says: /^It is not clear in which format to write “.*answers\.xlsx”\.$/,
    remedy: /^Let the name end in \.csv/,
    code: 2,
  },
  {
    what: 'a run that is not there',
    does: 'runs show ffffffffff',
    says: /^There is no run “ffffffffff”/,
    remedy: /`pipewright runs list`/,
    code: 2,
  },
]

describe('a user who is mistaken', () => {
  let workspace: ExampleWorkspace
  const filesBeside = (): string[] =>
    readdirSync(workspace.folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.startsWith('.pipewright'))
      .toSorted()

  const lineNamedBy = ({ stderr }: CommandOutcome): string => {
    const number = Number(/\(changed\.json:(\d+)\)/.exec(stderr)?.[1] ?? 0)
    return number === 0 ? '' : workspace.read('changed.json').split('\n')[number - 1]!
  }

  beforeAll(async () => {
    workspace = new ExampleWorkspace('telco-churn')
    await workspace.run()
    const lines = workspace.read('telco-churn.csv').split('\n')
    mkdirSync(workspace.path('folder'))
    workspace.write('empty.csv', '')
    workspace.write(
      'binary.csv',
      Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256),
    )
    workspace.write(
      'no-answer.csv',
      lines.map((line, index) => (index === 8 ? line.replace(/[^,]*$/, '') : line)).join('\n'),
    )
    workspace.write(
      'no-tenure.csv',
      lines.map((line) => line.split(',').toSpliced(5, 1).join(',')).join('\n'),
    )
  })
  afterAll(() => workspace[Symbol.dispose]())

  it.each(mistakes)('gets one clear message for $what', async ({ does, change, line, ...expected }) => {
    if (change) workspace.write('changed.json', workspace.read(workspace.file).replace(...change))
    const before = filesBeside()
    const outcome = await workspace.pipewright(...does.split(' '))
    expectOneMessage(outcome, expected)
    expect(lineNamedBy(outcome)).toContain(line ?? '')
    expect(filesBeside()).toEqual(before)
    expect(readdirSync(workspace.path('.pipewright/staging'))).toEqual([])
  })

  it('finds the report of the expectation that was not met', async () => {
    workspace.write(
      'changed.json',
      workspace.read(workspace.file).replace('"max_value": 120', '"max_value": 60'),
    )
    await workspace.pipewright('run', 'changed.json')
    const { stdout } = await workspace.pipewright('runs', 'show', 'latest', 'expectations')
    expect(stdout).toContain('"partial_unexpected_list": [')
    const { step, reports } = await workspace.ask<{ step: object; reports: Record<string, object> }>(
      'runs',
      'show',
      'latest',
      'expectations',
    )
    expect(step).toMatchObject({ state: 'failed', error: { code: 'validation.expectations.unmet' } })
    expect(reports).toMatchObject({ report: { type: 'expectations', content: { success: false } } })
  })

  it.skipIf(process.platform === 'win32')('is told that a folder cannot be written', async () => {
    mkdirSync(workspace.path('locked'))
    // Permissions do not bind root.
    const isRoot = process.getuid?.() === 0
    if (isRoot) execFileSync('chown', ['-R', '65534:65534', workspace.folder])
    chmodSync(workspace.path('locked'), 0o555)
    const outcome = await runCommand([...predict.split(' '), 'telco-churn.csv', '-o', 'locked/answers.csv'], {
      cwd: workspace.folder,
      command: builtInCommand,
      ...(isRoot && { uid: 65534, gid: 65534 }),
    })
    expectOneMessage(outcome, {
      says: /^The file “.*locked\/answers\.csv” cannot be written: access is denied\.$/,
      remedy: /^Check that the folder may be written to/,
      code: 1,
    })
    expect(readdirSync(workspace.path('locked'))).toEqual([])
  })
})

function expectOneMessage(
  { code, stdout, stderr }: CommandOutcome,
  expected: Pick<Mistake, 'says' | 'remedy' | 'code'>,
): void {
  const [first = '', ...more] = stderr.trimEnd().split('\n')
  expect(first).toMatch(/^error: /)
  expect(first.slice('error: '.length)).toMatch(expected.says)
  expect(more.filter((line) => /^(error|warning):/.test(line))).toEqual([])
  expect(more.at(-1)?.trim()).toMatch(expected.remedy)
  expect(more.length).toBeLessThanOrEqual(2)
  expect(stdout + stderr).not.toMatch(/^\s+at .*([jt]s:\d+|node:)/m)
  expect(stdout + stderr).not.toMatch(/\b(E[A-Z]{3,}|[A-Z]\w*Error)\b/)
  expect(code).toBe(expected.code)
}
