import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { ExampleWorkspace, type ShownStep, type ToldRun } from './example-workspace.ts'

interface Description {
  nodes: { id: string; inputs: string[]; outputs: Record<string, Shape> }[]
  findings: object[]
}
interface Shape {
  kind: string
  task?: string
  target?: string
  split?: string[]
  columns?: { name: string; type: string; role: string }[]
}

describe.each(['telco-churn', 'adult-income'] as const)('examples/%s', (name) => {
  const workspace = new ExampleWorkspace(name)
  afterAll(() => workspace[Symbol.dispose]())

  it('is fine, with nothing to be said against it', async () => {
    expect(await workspace.pipewright('check', workspace.file)).toMatchObject({
      code: 0,
      stdout: `${workspace.file} is fine.\n`,
      stderr: '',
    })
    expect(await workspace.ask('check', workspace.file)).toEqual({ findings: [] })
  })

  it('is written in the canonical form', async () => {
    expect(await workspace.pipewright('format', '--check', workspace.file)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    })
  })

  it('is described with the columns, roles and parts that flow, before anything ran', async () => {
    const { nodes, findings } = await workspace.ask<Description>('describe', workspace.file)
    const outputs = Object.fromEntries(nodes.map((node) => [node.id, node.outputs]))
    expect(findings).toEqual([])
    const { columns, split } = outputs['scale']!['table']!
    const target = name === 'telco-churn' ? 'Churn' : 'income'
    expect(columns!.filter(({ role }) => role === 'target')).toMatchObject([{ name: target, type: 'text' }])
    expect(columns!.filter(({ type }) => type === 'vector').length).toBeGreaterThan(5)
    expect(split).toEqual(['train', 'validation', 'test'])
    expect(outputs['trees']!['model']).toMatchObject({ kind: 'model', answers: 'classes', target })
    const { stdout, code } = await workspace.pipewright('describe', workspace.file)
    expect(code).toBe(0)
    expect(stdout).toContain(`  model: a model, classification of ${target}\n`)
  })
})

describe('pipewright, in the workspace of the churn example', () => {
  let workspace: ExampleWorkspace
  let part: ToldRun
  let whole: ToldRun
  let hashes: Record<string, string>

  beforeAll(async () => {
    workspace = new ExampleWorkspace('telco-churn')
    part = await workspace.run('--to', 'split')
    whole = await workspace.run()
    hashes = await workspace.hashes()
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('runs up to a node, and later the rest', () => {
    expect(part).toMatchObject({ code: 0, stderr: '' })
    expect(part.states).toEqual({ customers: 'done', expectations: 'done', roles: 'done', split: 'done' })
    expect(whole.states).toMatchObject({ split: 'cached', impute: 'done', register: 'done' })
  })

  it('runs a node again, and what follows it, when asked to, and comes to the same hashes', async () => {
    const { states } = await workspace.run('--from', 'evaluate')
    expect(states).toMatchObject({ evaluate: 'done', threshold: 'cached' })
    const { stdout } = await workspace.pipewright('runs', 'why', 'latest', 'evaluate')
    expect(stdout).toMatch(/^ {2}evaluate +done +asked to run$/m)
    expect((await workspace.run()).code).toBe(0)
    expect(await workspace.hashes()).toEqual(hashes)
  })

  it('lists its runs and shows what a step gave', async () => {
    const { runs } = await workspace.ask<{ runs: { id: string; status: string; scope: object }[] }>(
      'runs',
      'list',
    )
    expect(runs.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done'])
    expect(runs.at(-1)).toMatchObject({ scope: { to: ['split'], from: null } })
    const { stdout } = await workspace.pipewright('runs', 'show', runs[2]!.id)
    expect(stdout).toMatch(/^ {2}customers +ingestion\.file +cached +7,043 rows$/m)
    expect(stdout).toMatch(/^ {2}evaluate\.roc_auc +0\.8\d+$/m)
    const evaluate = await workspace.pipewright('runs', 'show', runs[2]!.id, 'evaluate')
    expect(evaluate.stdout).toMatch(/^ {2}evaluate +training\.evaluate +done/m)
    expect(evaluate.stdout).toContain(`"confusion": [`)
    const page = await workspace.pipewright('runs', 'show', runs[2]!.id, 'evaluate', '--html', 'page.html')
    expect(page).toMatchObject({ code: 0, stdout: evaluate.stdout })
    expect(workspace.read('page.html')).toMatch(/^<!doctype html>[^]*<h1>evaluate<\/h1>[^]*roc_auc/)
    const ofAll = await workspace.pipewright('runs', 'show', 'latest', '--html', 'page.html')
    expect(ofAll).toMatchObject({ code: 2, stderr: expect.stringContaining('Name the step') as string })
    const unknown = await workspace.pipewright('runs', 'show', 'latest', 'evaluat')
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('Did you mean “evaluate”?')
  })

  it('compares two runs: parameters of steps, metrics, content', async () => {
    const { runs } = await workspace.ask<{ runs: { id: string }[] }>('runs', 'list')
    workspace.edit('"leaves": 8', '"leaves": 4')
    await workspace.run()
    workspace.edit('"leaves": 4', '"leaves": 8')
    const comparison = await workspace.ask<{
      metrics: object[]
      steps: { node: string; reasons: object[] }[]
    }>('runs', 'compare', runs[0]!.id)
    const { stdout } = await workspace.pipewright('runs', 'compare', runs[0]!.id)
    expect(stdout).toMatch(/^ {2}trees +\w+ +done +parameter “leaves” 8 → 4; other model; other report$/m)
    expect(stdout).toMatch(/^ {2}evaluate\.roc_auc +0\.8\d+ +0\.8\d+ +[+-]0\.\d+$/m)
    expect(stdout).not.toMatch(/^ {2}scale /m)
    expect(comparison.steps.find(({ node }) => node === 'trees')!.reasons).toMatchObject([
      { reason: { kind: 'parameter', param: 'leaves', before: 8, after: 4 } },
    ])
  })

  it('gives a version another name, answers by it, and takes it away', async () => {
    const set = await workspace.pipewright('models', 'alias', 'telco-churn:1', 'stable')
    expect(set).toMatchObject({ code: 0, stdout: 'telco-churn@stable is version 1.\n' })
    const shown = await workspace.pipewright('models', 'show', 'telco-churn@stable')
    expect(shown.stdout).toMatch(/^telco-churn:1 @stable$/m)
    expect(shown.stdout).toMatch(/^ {2}TotalCharges +number +customers$/m)
    expect(shown.stdout).toMatch(/^binary of Churn \(No, Yes\), by gradient-boosted-trees$/m)
    const answers = await workspace.pipewright(
      'predict',
      'telco-churn@stable',
      'telco-churn.csv',
      '-o',
      'answers.jsonl',
    )
    expect(answers).toMatchObject({ code: 0, stderr: '' })
    expect(answers.stdout).toContain('7,043 answers in answers.jsonl.')
    expect(JSON.parse(workspace.read('answers.jsonl').split('\n')[0]!)).toMatchObject({
      customerID: '7590-VHVEG',
      TotalCharges: 29.85,
      prediction: expect.stringMatching(/^(Yes|No)$/) as string,
    })
    const removed = await workspace.pipewright('models', 'alias', 'telco-churn', 'stable', '--remove')
    expect(removed).toMatchObject({ code: 0 })
    expect(await workspace.pipewright('models', 'show', 'telco-churn@stable')).toMatchObject({ code: 2 })
  })

  it('writes the card of a model, as a text and as a page', async () => {
    const { code, stdout } = await workspace.pipewright('models', 'card', 'telco-churn:1')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^# telco-churn, version 1$/m)
    expect(stdout).toMatch(/^\| customers \| Read file \| telco-churn\.csv \| 7,043 \| [0-9a-f]{12} \|$/m)
    expect(stdout).toMatch(/^\| learned from \| 4,226 rows \|$/m)
    expect(stdout).toMatch(/^\| roc auc \| 0\.8\d+ \| 0\.8\d+ to 0\.8\d+ \|$/m)
    expect(stdout).toMatch(/^5\. Encode categories \(encode\):/m)
    const page = await workspace.pipewright('models', 'card', 'telco-churn:1', '-o', 'card.html')
    expect(page).toMatchObject({ code: 0, stdout: 'The card of telco-churn:1 is in card.html.\n' })
    expect(workspace.read('card.html')).toContain('<title>telco-churn, version 1</title>')
    const other = await workspace.pipewright('models', 'card', 'telco-churn:1', '-o', 'card.docx')
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('.md or .html') as string })
  })

  it('tells why a model answers as it does, and what would change that', async () => {
    const row = '{"tenure": 2, "Contract": "Month-to-month", "MonthlyCharges": "95.5"}'
    const told = await workspace.pipewright('explain', 'telco-churn:1', '--row', row, '--counterfactual')
    expect(told.code).toBe(0)
    expect(told.stdout).toMatch(/^The answer is “Yes”, with a probability of \d\d\.\d %\.$/m)
    expect(told.stdout).toMatch(/^ {2}Contract +Month-to-month +\+[01]\.\d+ +█+$/m)
    expect(told.stdout).toMatch(/^ {2}1\. .+ → .+$/m)
    workspace.write('row.json', row)
    const { explanation } = await workspace.ask<{ explanation: { base: number; score: number } }>(
      'explain',
      'telco-churn:1',
      '--row',
      'row.json',
    )
    expect(explanation.score).toBeGreaterThan(explanation.base)
    const unreadable = await workspace.pipewright('explain', 'telco-churn:1', '--row', '{"tenure": "long"}')
    expect(unreadable).toMatchObject({ code: 2, stderr: 'tenure: “long” is not a whole number.\n' })
    const wrong = await workspace.pipewright('explain', 'telco-churn:1', '--row', '{}', '--want', 'No')
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--counterfactual') as string })
  })

  it('lists the types of nodes and explains each parameter of one', async () => {
    const { nodes } = await workspace.ask<{ nodes: { id: string }[] }>('nodes', 'list')
    expect(nodes.map(({ id }) => id)).toEqual(nodeDefinitions.map(({ id }) => id))
    const { stdout } = await workspace.pipewright('nodes', 'show', 'training.gradient-boosted-trees')
    expect(stdout).toMatch(/^Gradient-boosted trees {2}training\.gradient-boosted-trees, version 1$/m)
    expect(stdout).toMatch(/^ {2}learningRate {2}a number, .*; 0\.1 by default$/m)
  })

  it('cleans up what no run needs, and the next run still has everything', async () => {
    await workspace.run()
    const dry = await workspace.pipewright('gc', '--dry-run', '--keep-runs', '1')
    expect(dry.stdout).toMatch(/^Would remove \d+ results \(.*\); \d+ results \(.*\) kept\.\n$/)
    const { removed } = await workspace.ask<{ removed: { count: number } }>('gc', '--keep-runs', '1')
    expect(dry.stdout).toContain(`Would remove ${removed.count} results`)
    expect(removed.count).toBeGreaterThan(0)
    const { states } = await workspace.run()
    expect(new Set(Object.values(states))).toEqual(new Set(['cached']))
  })

  it('drops results whose files were damaged, and makes them again', async () => {
    const folder = workspace.path('.pipewright/artifacts')
    const { steps } = await workspace.ask<{ steps: ShownStep[] }>('runs', 'show')
    const { hash } = steps.find(({ node }) => node === 'trees')!.outputs['model']!
    writeFileSync(join(folder, hash.slice(0, 2), hash, 'model.onnx'), 'not what it was')
    const verified = await workspace.pipewright('gc', '--verify')
    expect(verified.code).toBe(1)
    expect(verified.stdout).toMatch(/^Verified \d+ results, 1 damaged\.\n {2}\w{12} {2}model\.onnx\n/)
    const { states, code } = await workspace.run()
    expect(code).toBe(0)
    expect(states).toMatchObject({ scale: 'cached', trees: 'done', threshold: 'cached', register: 'cached' })
    expect(readdirSync(join(folder, hash.slice(0, 2), hash))).toContain('model.onnx')
    expect(await workspace.pipewright('gc', '--verify')).toMatchObject({ code: 0 })
  })

  it.skipIf(process.platform === 'win32')('completes in bash', async () => {
    const { stdout } = await workspace.pipewright('completion', 'bash')
    workspace.write('completion.sh', stdout)
    const said = execFileSync('bash', ['-c', 'source ./completion.sh && complete -p pipewright'], {
      cwd: workspace.folder,
      encoding: 'utf8',
    })
    expect(said).toMatch(/^complete .*pipewright$/m)
    const complete = async (...words: string[]): Promise<string[]> =>
      (await workspace.pipewright('complete', '--', ...words)).stdout.split('\n').filter(Boolean)
    const models = await complete('predict', 'telco')
    expect(models).toEqual(expect.arrayContaining(['telco-churn', 'telco-churn@champion']))
    expect(models.every((each) => each.startsWith('telco-churn'))).toBe(true)
    expect(await complete('run', workspace.file, '--to', 'tr')).toEqual(['trees'])
    expect(await complete('runs', 'show', 'latest', 'ev')).toEqual(['evaluate'])
    expect(await complete('nodes', 'show', 'serving.')).toEqual(
      nodeDefinitions.map(({ id }) => id).filter((id) => id.startsWith('serving.')),
    )
  })
})
