import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'
import { changing, TestWorkspace } from './test-workspace.ts'

describe('pipewright, as a user sees it', () => {
  let workspace: TestWorkspace
  const pipewright = (...args: string[]) => runCommand(args, { cwd: workspace.folder })

  beforeEach(() => {
    workspace = new TestWorkspace()
    workspace.write('lines.txt', 'a\nb\nc\n')
  })
  afterEach(() => workspace[Symbol.dispose]())

  it('runs a pipeline, and the second time nothing', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    const first = await pipewright('run', 'test.pipeline.json')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/change: done in .*, 3 rows\n/)
    expect(first.stdout).toMatch(/Done in .*: 3 executed, 0 cached\./)
    const second = await pipewright('run', 'test.pipeline.json')
    expect(second.stdout).toMatch(/Done in .*: 0 executed, 3 cached\./)
  })

  it('refuses names that it does not know, and hours that cannot be meant', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    await pipewright('run', 'test.pipeline.json')
    const asked = [
      ['schedules', 'list', 'nope.json'],
      ['schedules', 'history', 'nope.json'],
      ['retrain', 'jobs', 'nope'],
      ['alerts', 'silence', 'churn', '--hours', '-3'],
    ].map((words) => pipewright(...words))
    expect(await Promise.all(asked)).toMatchObject([
      { code: 2, stderr: expect.stringContaining('There is no file nope.json.') as string },
      { code: 2, stderr: expect.stringContaining('There is no file nope.json.') as string },
      { code: 2, stderr: expect.stringContaining('“nope”') as string },
      { code: 2, stderr: expect.stringContaining('at most 8760 (a year)') as string },
    ])
  })

  it('runs steps again whose results it was told to forget', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    await pipewright('run', 'test.pipeline.json')
    const forgotten = await pipewright('forget', 'test.pipeline.json', 'change')
    expect(forgotten.stdout).toBe('Forgot 2 results. These run again next time: change, measure.\n')
    const again = await pipewright('run', 'test.pipeline.json')
    expect(again.stdout).toMatch(/Done in .*: 2 executed, 1 cached\./)
    expect(await pipewright('forget', 'test.pipeline.json', 'chnge')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean “change”?') as string,
    })
  })

  it('ends its events for a program with one line of exactly these fields', async () => {
    workspace.pipeline('test.pipeline.json', {
      nodes: { file: ['ingestion.lines', { path: 'lines.txt' }], measure: ['training.measure'] },
      edges: ['file.table -> measure.tables'],
    })
    const { stdout, code } = await pipewright('run', 'test.pipeline.json', '--json')
    const lines = stdout.trimEnd().split('\n')
    expect(code).toBe(0)
    expect(lines.at(-1)).toBe(
      '{"event":"run-finished","status":"done","executed":2,"cached":0,"metrics":{"measure.rows":3,"measure.tables":1}}',
    )
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toContain('step-finished')
  })

  it('tells a failed step with its place and remedy, and no stack', async () => {
    workspace.pipeline('test.pipeline.json', changing({ behave: 'fail' }))
    const { code, stdout, stderr } = await pipewright('run', 'test.pipeline.json')
    expect(code).toBe(1)
    expect(stderr).toBe('error: It failed with !.\n  at node change, parameter suffix\n  Tell it not to.\n')
    expect(stdout).toMatch(/Failed in .*: 1 executed, 0 cached, 1 failed, 1 skipped\./)
    const json = await pipewright('run', 'test.pipeline.json', '--json')
    expect(json.code).toBe(1)
    expect(json.stdout.trimEnd().split('\n').at(-1)).toBe(
      '{"event":"run-finished","status":"failed","executed":0,"cached":1,"metrics":{}}',
    )
  })

  it('keeps the stack of our own mistakes for the log, and names it', async () => {
    workspace.pipeline('test.pipeline.json', changing({ behave: 'throw' }))
    const { code, stdout, stderr } = await pipewright('run', 'test.pipeline.json')
    expect(code).toBe(1)
    expect(stdout + stderr).not.toMatch(/^\s+at .*\.ts:/m)
    const logFile = /details: (.*\.log)/.exec(stderr)?.[1]
    expect(readFileSync(logFile!, 'utf8')).toContain('nobody expected this')
  })

  it('prints warnings and runs, prints errors and does not', async () => {
    workspace.pipeline('test.pipeline.json', { nodes: { change: ['features.change', { suffix: 3 }] } })
    const { code, stdout, stderr } = await pipewright('run', 'test.pipeline.json')
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: change/m)
    expect(stderr).toMatch(/\(test\.pipeline\.json:\d+\)/)
    const json = await pipewright('run', 'test.pipeline.json', '--json')
    expect(json.stdout.split('\n')[0]).toMatch(/^\{"event":"finding",/)
    expect(json.stdout.trimEnd().split('\n').at(-1)).toBe(
      '{"event":"run-finished","status":"failed","executed":0,"cached":0,"metrics":{}}',
    )
  })

  it.each([
    ['missing.pipeline.json', 'There is no file missing.pipeline.json.', 2],
    ['folder', 'folder is a folder, not a pipeline file.', 2],
    ['empty.json', 'The file empty.json is empty.', 2],
    ['data.bin', 'data.bin is not a text file in UTF-8.', 2],
    ['list.json', 'This is not a pipeline: it is not an object.', 2],
    ['broken.json', 'at broken.json:2:', 2],
  ])('explains what is wrong with %s', async (file, message, code) => {
    mkdirSync(workspace.path('folder'))
    workspace.write('empty.json', '')
    workspace.write('list.json', '[]')
    workspace.write('broken.json', '{\n  "format": 1,,\n}')
    writeFileSync(workspace.path('data.bin'), new Uint8Array([0xff, 0xfe, 0, 1]))
    const outcome = await pipewright('run', file)
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toContain(message)
    expect(existsSync(workspace.path('.pipewright'))).toBe(
      file.endsWith('list.json') || file === 'broken.json',
    )
  })

  it('suggests the command and the option that were meant', async () => {
    const command = await pipewright('rnu', 'x')
    expect(command).toMatchObject({ code: 2, stdout: '' })
    expect(command.stderr).toContain('Did you mean run?')
    const option = await pipewright('run', 'x', '--jsn')
    expect(option.code).toBe(2)
    expect(option.stderr).toContain('Did you mean --json?')
  })

  it('says how to write a parameter, and which there are', async () => {
    workspace.pipeline('test.pipeline.json', {
      ...changing({ suffix: '${suffix}' }),
      parameters: { suffix: { type: 'text', default: '!' } },
    })
    const unclear = await pipewright('run', 'test.pipeline.json', '--param', 'suffix')
    expect(unclear).toMatchObject({ code: 2 })
    expect(unclear.stderr).toContain('--param name=value')
    const unknown = await pipewright('run', 'test.pipeline.json', '--param', 'sufix=?')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('suffix')
    const right = await pipewright('run', 'test.pipeline.json', '--param', 'suffix=?')
    expect(right.code).toBe(0)
  })

  it('takes a path parameter as it was typed, from the current folder', async () => {
    workspace.write('data/other.txt', '1\n2\n3\n4\n')
    workspace.pipeline('pipelines/test.pipeline.json', {
      nodes: { file: ['ingestion.lines', { path: '${data}' }], measure: ['training.measure'] },
      edges: ['file.table -> measure.tables'],
      parameters: { data: { type: 'path', default: '../lines.txt' } },
    })
    const rowsWith = async (...args: string[]): Promise<string> =>
      (await pipewright('run', 'pipelines/test.pipeline.json', '--workspace', '.', ...args)).stdout
    expect(await rowsWith()).toContain('measure.rows    3')
    expect(await rowsWith('--param', 'data=data/other.txt')).toContain('measure.rows    4')
    expect(await rowsWith('--param', 'data=../data/other.txt')).toContain('0 executed, 2 cached')
  })

  it('stays quiet when its reader has gone', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    await pipewright('run', 'test.pipeline.json')
    const script = `"${process.execPath}" "${import.meta.dirname}/stub-command.ts" runs list | true; echo "\${PIPESTATUS[0]}"`
    const output = execFileSync('bash', ['-c', `(${script}) 2>&1`], {
      cwd: workspace.folder,
      encoding: 'utf8',
    })
    expect(output).toBe('0\n')
  })

  it.skipIf(process.platform === 'win32')('says that a workspace cannot be written', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    chmodSync(workspace.folder, 0o555)
    // Permissions do not bind root.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const outcome = await runCommand(['run', 'test.pipeline.json'], { cwd: workspace.folder, ...nobody })
    chmodSync(workspace.folder, 0o755)
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toMatch(/^error: .*\.pipewright.* cannot be written/)
    expect(outcome.stderr).toContain('or choose another workspace')
  })

  it.skipIf(process.platform === 'win32')('says that a workspace cannot be written any more', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    expect(await pipewright('run', 'test.pipeline.json')).toMatchObject({ code: 0 })
    const isRoot = process.getuid?.() === 0
    const nobody = isRoot ? { uid: 65534, gid: 65534 } : {}
    chmodSync(workspace.folder, 0o755)
    if (isRoot) chownSync(workspace.path('.pipewright/host.lock'), 65534, 65534)
    chmodSync(workspace.path('.pipewright'), 0o555)
    const outcome = await runCommand(['run', 'test.pipeline.json'], { cwd: workspace.folder, ...nobody })
    chmodSync(workspace.path('.pipewright'), 0o755)
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toMatch(/^error: .*\.pipewright.* cannot be written/)
    expect(outcome.stderr).toContain('or choose another workspace')
  })

  it('says why a step ran first, and compares the latest run with the one before it', async () => {
    workspace.pipeline('test.pipeline.json', changing({ suffix: 'a' }))
    await pipewright('run', 'test.pipeline.json')
    expect((await pipewright('runs', 'why')).stdout).toMatch(/change +done +ran for the first time/)
    const alone = await pipewright('runs', 'compare', 'latest')
    expect(alone.code).toBe(2)
    expect(alone.stderr).toContain('is the first of its pipeline')
    workspace.pipeline('test.pipeline.json', changing({ suffix: 'b' }))
    await pipewright('run', 'test.pipeline.json')
    const compared = await pipewright('runs', 'compare', 'latest')
    expect(compared).toMatchObject({ code: 0, stderr: '' })
    expect(compared.stdout).toContain('parameter “suffix” "a" → "b"')
  })

  it.each([
    [['run', 'lines.txt'], 'lines.txt is not a pipeline file.'],
    [['run', 'test.pipeline.json', '--param', 'a=1', '--param', 'a=2'], '“a” is given twice'],
    [['run', 'test.pipeline.json', '--from', 'measure', '--to', 'file'], '“file” does not follow “measure”'],
    [['nodes', 'show', 'change'], 'Did you mean “features.change”?'],
    [['nodes', 'show', 'chnge'], 'Did you mean “features.change”?'],
  ])('refuses %j', async (args, reason) => {
    workspace.pipeline('test.pipeline.json', changing())
    const { code, stderr } = await pipewright(...args)
    expect(stderr).toContain(reason)
    expect(code).toBe(2)
  })

  it('leaves nothing behind where it only looks', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    expect(await pipewright('check', 'test.pipeline.json')).toMatchObject({ code: 0, stderr: '' })
    expect(await pipewright('describe', 'test.pipeline.json')).toMatchObject({ code: 0, stderr: '' })
    expect(existsSync(workspace.path('.pipewright'))).toBe(false)
  })

  it('runs after a parameter was taken away or set, and says so', async () => {
    workspace.pipeline('test.pipeline.json', changing({ suffix: 'a' }))
    await pipewright('run', 'test.pipeline.json')
    for (const [params, reason] of [
      [{}, /suffix” "a" → /],
      [{ suffix: 'b' }, /suffix” .* → "b"/],
    ] as const) {
      workspace.pipeline('test.pipeline.json', changing(params))
      expect(await pipewright('run', 'test.pipeline.json')).toMatchObject({ code: 0, stderr: '' })
      expect((await pipewright('runs', 'why')).stdout).toMatch(reason)
    }
  })

  it.skipIf(process.platform === 'win32')('says that a file cannot be read', async () => {
    workspace.pipeline('test.pipeline.json', changing())
    chmodSync(workspace.folder, 0o755)
    chmodSync(workspace.path('test.pipeline.json'), 0o000)
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const outcome = await runCommand(['run', 'test.pipeline.json'], { cwd: workspace.folder, ...nobody })
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toContain('test.pipeline.json cannot be read')
  })

  it('does not make a workspace just to look into one', async () => {
    const outcome = await pipewright('runs', 'list')
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toContain('There is no workspace in')
    expect(existsSync(workspace.path('.pipewright'))).toBe(false)
  })

  it('formats files in place, and only tells with --check', async () => {
    const file = workspace.pipeline('test.pipeline.json', changing())
    const canonical = readFileSync(file, 'utf8')
    writeFileSync(file, JSON.stringify(JSON.parse(canonical)))
    expect(await pipewright('format', '--check', 'test.pipeline.json')).toMatchObject({ code: 1 })
    expect(await pipewright('format', 'test.pipeline.json')).toMatchObject({
      code: 0,
      stdout: 'Formatted test.pipeline.json.\n',
    })
    expect(readFileSync(file, 'utf8')).toBe(canonical)
    expect(await pipewright('format', '--check', 'test.pipeline.json')).toMatchObject({ code: 0, stdout: '' })
  })

  it('tells which pipeline files have changed that a pipeline uses, and takes them as they are', async () => {
    const part = (count: number) => ({
      ...JSON.parse(workspace.pipelineText({ nodes: { top: ['features.head', { count }] }, edges: [] })),
      inputs: { lines: ['top.table'] },
      outputs: { lines: 'top.table' },
    })
    workspace.write('part.pipeline.json', JSON.stringify(part(2)))
    const whole = JSON.parse(
      workspace.pipelineText({
        nodes: {
          file: ['ingestion.lines', { path: 'lines.txt' }],
          few: ['flow.subpipeline', { subpipeline: 'part' }],
          measure: ['training.measure'],
        },
        edges: ['file.table -> few.lines', 'few.lines -> measure.tables'],
      }),
    ) as object
    const subpipelines = { part: { path: 'part.pipeline.json', hash: '0'.repeat(64) } }
    workspace.write('whole.pipeline.json', JSON.stringify({ ...whole, subpipelines }))
    expect((await pipewright('subpipelines', 'list', 'whole.pipeline.json')).stdout).toMatch(/part +changed /)
    const refused = await pipewright('run', 'whole.pipeline.json')
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toMatch(/is not the one that the sub-pipeline “part” refers to/)
    expect((await pipewright('subpipelines', 'refresh', 'whole.pipeline.json')).stdout).toMatch(
      /^“part” is .* now\.\n$/,
    )
    expect((await pipewright('subpipelines', 'list', 'whole.pipeline.json')).stdout).toMatch(
      /part +as referred to /,
    )
    const ran = await pipewright('run', 'whole.pipeline.json')
    expect(ran.stdout).toMatch(/few\/top: done in .*, 2 rows\n/)
    const again = await pipewright('subpipelines', 'refresh', 'whole.pipeline.json')
    expect(again.stdout).toBe('Every reference is up to date.\n')
  })

  it('completes commands, options, nodes, parameters and runs', async () => {
    workspace.pipeline('test.pipeline.json', {
      ...changing({ suffix: '${suffix}' }),
      parameters: { suffix: { type: 'text', default: '!' } },
    })
    await pipewright('run', 'test.pipeline.json')
    const complete = async (...words: string[]): Promise<string[]> =>
      (await pipewright('complete', '--', ...words)).stdout.split('\n').filter(Boolean)
    expect(await complete('r')).toEqual(['run', 'retrain', 'runs', 'reproduce'])
    expect(await complete('runs', 'w')).toEqual(['why'])
    expect(await complete('run', '')).toEqual([':files'])
    expect(await complete('run', 'test.pipeline.json', '--t')).toEqual(['--to', '--trust'])
    expect(await complete('run', 'test.pipeline.json', '--to', '')).toEqual(['file', 'change', 'measure'])
    expect(await complete('run', 'test.pipeline.json', '--param', 'su')).toEqual(['suffix='])
    expect(await complete('nodes', 'show', 'features.')).toEqual([
      'features.change',
      'features.head',
      'features.widen',
      'features.each-line',
    ])
    expect((await complete('reproduce', ''))[0]).toBe('latest')
    expect(await complete('predict', 'ch')).toEqual([])
  })
})
