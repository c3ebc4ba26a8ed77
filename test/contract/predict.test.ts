import { existsSync, readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInCommand, runCommand } from './run-command.ts'
import { TestWorkspace } from './test-workspace.ts'

/** Customers of whom those with short contracts and high charges leave. */
function customersCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const months = (index * 7) % 60
    const charges = 20 + ((index * 13) % 90)
    const leaves = charges - months > 30 ? 'yes' : 'no'
    return `c${index};${months === 3 ? 'n/a' : months};${String(charges).replace('.', ',')},50;${index % 3 === 0 ? 'fiber' : 'dsl'};${leaves}`
  })
  return `customer;months;charges;line;leaves\n${lines.join('\n')}\n`
}

/** The same with rules that differ from column to column. */
function mixedCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const months = (index * 7) % 60
    const charges = 20 + ((index * 13) % 90)
    const member = index % 3 === 0 ? 'ja' : 'nein'
    return `${months}.5;${charges === 33 ? '-' : `${charges},5`};${member};${charges - months > 30 ? 'yes' : 'no'}`
  })
  return `months;charges;member;leaves\n${lines.join('\n')}\n`
}

describe('pipewright predict', () => {
  const workspace = new TestWorkspace()
  const pipewright = (...args: string[]) =>
    runCommand(args, { cwd: workspace.folder, command: builtInCommand })

  beforeAll(async () => {
    workspace.write('customers.csv', customersCsv(400))
    workspace.pipeline('churn.pipeline.json', {
      nodes: {
        customers: [
          'ingestion.file',
          { path: 'customers.csv', nullValues: ['', 'n/a'], decimalMark: ',', types: { months: 'number' } },
        ],
        roles: ['features.set-roles', { target: 'leaves', id: ['customer'] }],
        split: ['features.split', { test: 0.2, validation: 0 }],
        impute: ['features.impute'],
        encode: ['features.encode'],
        model: ['training.logistic-regression'],
        register: ['serving.register', { name: 'churn', aliases: ['champion'] }],
      },
      edges: [
        'customers.table -> roles.table',
        'roles.table -> split.table',
        'split.table -> impute.table',
        'impute.table -> encode.table',
        'encode.table -> model.table',
        'model.model -> register.model',
      ],
    })
    const { code, stderr } = await pipewright('run', 'churn.pipeline.json')
    if (code !== 0) throw new Error(stderr)
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('reads as training did, answers every row, and counts those that do not fit', async () => {
    workspace.write(
      'new.csv',
      'line;charges;months;note\ndsl;99,50;1;a\nfiber;20,50;n/a;b\ndsl;cheap;5;c\nfiber;30,5;50;d\n',
    )
    const { code, stdout, stderr } = await pipewright(
      'predict',
      'churn@champion',
      'new.csv',
      '-o',
      'answers.csv',
      '--rejects',
      'rejected.csv',
    )
    expect(stderr).toMatch(
      /^warning: read: 1 of 4 rows was rejected; the first is on line 4: .*“charges”.*\n$/,
    )
    expect(code).toBe(0)
    expect(stdout).not.toContain('on line 4')
    expect(stdout).toContain(
      '3 answers in answers.csv. 1 row was rejected and has no answer: see rejected.csv.',
    )
    const rejected = readFileSync(workspace.path('rejected.csv'), 'utf8').trimEnd().split('\n')
    expect(rejected[0]).toBe('line,column,reason,message,raw')
    expect(rejected[1]).toMatch(/^4,charges,/)
    expect(rejected).toHaveLength(2)
    const rows = readFileSync(workspace.path('answers.csv'), 'utf8').trimEnd().split('\n')
    expect(rows[0]).toBe('line,charges,months,note,prediction,probability')
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 5).join(','))).toEqual([
      'dsl,99.5,1.0,a,yes',
      'fiber,20.5,,b,no',
      'fiber,30.5,50.0,d,no',
    ])
  })

  it('reads each column by its own rule', async () => {
    workspace.write('mixed.csv', mixedCsv(200))
    workspace.pipeline('mixed.pipeline.json', {
      nodes: {
        read: [
          'ingestion.file',
          {
            path: 'mixed.csv',
            types: { member: 'boolean' },
            rules: {
              charges: { decimalMark: ',', nullValues: ['-'] },
              member: { trueValues: ['ja'], falseValues: ['nein'] },
            },
          },
        ],
        roles: ['features.set-roles', { target: 'leaves' }],
        impute: ['features.impute'],
        model: ['training.logistic-regression'],
        register: ['serving.register', { name: 'mixed' }],
      },
      edges: [
        'read.table -> roles.table',
        'roles.table -> impute.table',
        'impute.table -> model.table',
        'model.model -> register.model',
      ],
    })
    expect(await pipewright('run', 'mixed.pipeline.json')).toMatchObject({ code: 0 })
    workspace.write('some.csv', 'member;charges;months\nja;99,5;1.5\nnein;-;40\n')
    expect(await pipewright('predict', 'mixed', 'some.csv', '-o', 'some-answers.csv')).toMatchObject({
      code: 0,
    })
    const rows = readFileSync(workspace.path('some-answers.csv'), 'utf8').trimEnd().split('\n')
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 4).join(','))).toEqual([
      'true,99.5,1.5,yes',
      'false,,40.0,no',
    ])
  })

  it('writes the same answers in every format', async () => {
    for (const name of ['a.parquet', 'a.jsonl', 'a.tsv'])
      expect(await pipewright('predict', 'churn:1', 'customers.csv', '-o', name)).toMatchObject({ code: 0 })
    const connection = await (await DuckDBInstance.create()).connect()
    const tables = ['a.parquet', 'a.jsonl', 'a.tsv'].map(
      (name) => `SELECT customer, prediction, probability::DOUBLE AS p FROM '${workspace.path(name)}'`,
    )
    const [parquet, jsonl, tsv] = tables
    const differences = await connection.runAndReadAll(
      `SELECT count(*)::INT AS n FROM ((${parquet} EXCEPT ${jsonl}) UNION ALL (${parquet} EXCEPT ${tsv}))`,
    )
    expect(differences.getRows()).toEqual([[0]])
    const rows = await connection.runAndReadAll(`SELECT count(*)::INT FROM (${parquet})`)
    expect(rows.getRows()).toEqual([[400]])
  })

  it('shows its steps as events, and ends like a run', async () => {
    const { stdout } = await pipewright('predict', 'churn', 'customers.csv', '-o', 'b.csv', '--json')
    const events = stdout.trimEnd().split('\n')
    expect(events.at(-1)).toMatch(
      /^\{"event":"run-finished","status":"done","executed":\d,"cached":\d,"metrics":\{\}\}$/,
    )
  })

  it.each([
    [['nobody', 'customers.csv', '-o', 'x.csv'], 'There is no registered model “nobody”.'],
    [['churn:7', 'customers.csv', '-o', 'x.csv'], 'has no version 7'],
    [['churn', 'missing.csv', '-o', 'x.csv'], 'A relative path starts at the current folder'],
    [['churn', 'customers.csv', '-o', 'x.xlsx'], 'in which format to write'],
    [['churn', 'customers.csv', '-o', 'customers.csv'], 'would be written over'],
    [['churn', 'customers.csv', '-o', 'x.csv', '--rejects', 'x.csv'], 'would both be written'],
    [['churn', 'customers.csv', '-o', 'x.csv', '--rejects', 'customers.csv'], 'would be written over'],
    [['churn', 'customers.csv', '-o', 'x.csv', '--rejects', 'x.txt'], 'in which format to write'],
    [['churn', 'other.csv', '-o', 'x.csv'], '“charges”'],
  ])('refuses %j with the reason', async (args, reason) => {
    workspace.write('other.csv', 'months;charge;line\n1;2,5;dsl\n2;3,5;dsl\n')
    const { code, stderr } = await pipewright('predict', ...args)
    expect(code).toBe(2)
    expect(stderr).toContain(reason)
    expect(stderr).toMatch(/^error: /)
    expect(existsSync(workspace.path('x.csv'))).toBe(false)
  })
})
