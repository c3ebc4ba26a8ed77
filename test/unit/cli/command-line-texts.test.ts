import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { existingWorkspace, workspaceOfFile } from '../../../src/hosts/cli/find-workspace.ts'
import { parseParameters } from '../../../src/hosts/cli/parse-parameters.ts'

describe('--param', () => {
  it('keeps all that stands behind the first “=”', () => {
    expect(parseParameters(['a=', 'b=x=y', 'c= z'])).toEqual({ a: '', b: 'x=y', c: ' z' })
  })

  it('takes each name once', () => {
    expect(() => parseParameters(['a=1', 'a=2'])).toThrow('The parameter “a” is given twice.')
  })

  it('says how to write it', () => {
    expect(() => parseParameters(['seed'])).toThrow('“seed” is not a parameter with a value.')
    expect(() => parseParameters(['=1'])).toThrow('“=1”')
  })
})

describe('the workspace', () => {
  const root = mkdtempSync(join(tmpdir(), 'pipewright-find-'))
  const project = join(root, 'project')
  const deep = join(project, 'pipelines', 'churn')
  mkdirSync(deep, { recursive: true })
  mkdirSync(join(project, '.pipewright'))
  const file = join(deep, 'churn.pipeline.json')
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('is the nearest one above the file', () => {
    expect(workspaceOfFile({ file, named: undefined, cwd: '/' })).toBe(project)
  })

  it('is the folder of the file where there is none', () => {
    expect(workspaceOfFile({ file: join(root, 'a.json'), named: undefined, cwd: '/' })).toBe(root)
  })

  it('is the one that was named, from the current folder', () => {
    expect(workspaceOfFile({ file, named: 'other', cwd: root })).toBe(join(root, 'other'))
  })

  it('must be there for commands that only look', () => {
    expect(existingWorkspace({ named: undefined, cwd: deep })).toBe(project)
    expect(existingWorkspace({ named: 'project', cwd: root })).toBe(project)
    expect(() => existingWorkspace({ named: undefined, cwd: root })).toThrow('There is no workspace in')
    expect(() => existingWorkspace({ named: 'projekt', cwd: root })).toThrow('There is no workspace in')
  })
})
