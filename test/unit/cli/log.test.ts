import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLog } from '../../../src/hosts/log.ts'

describe('the log of a process', () => {
  const root = mkdtempSync(join(tmpdir(), 'pipewright-log-'))
  let folders = 0
  const newFolder = (): string => join(root, `${++folders}`)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('is not there as long as there is nothing to say', () => {
    const folder = newFolder()
    openLog(folder)
    expect(existsSync(folder)).toBe(false)
  })

  it('has stack and causes', () => {
    const log = openLog(newFolder())
    log.error(new Error('outer', { cause: new TypeError('inner') }), 'runs.start')
    const text = readFileSync(log.file, 'utf8')
    expect(text).toMatch(/^\S+Z runs\.start\nError: outer\n {4}at [^]*caused by\nTypeError: inner\n/)
  })

  it('makes room by removing the oldest, and nothing that is not its own', () => {
    const folder = newFolder()
    mkdirSync(folder)
    for (let age = 0; age < 130; age++) {
      writeFileSync(join(folder, `${age}.log`), '')
      utimesSync(join(folder, `${age}.log`), 1_000_000 - age, 1_000_000 - age)
    }
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    const log = openLog(folder)
    log.error(new Error('x'), 'test')
    const logs = readdirSync(folder).filter((name) => /^\d+\.log$/.test(name))
    expect(logs.toSorted()).toEqual(Array.from({ length: 100 }, (_, age) => `${age}.log`).toSorted())
    expect(existsSync(join(folder, 'notes.txt'))).toBe(true)
    expect(existsSync(log.file)).toBe(true)
  })

  it('is never the reason why something fails', () => {
    const file = newFolder()
    writeFileSync(file, '')
    expect(() => openLog(join(file, 'logs')).error(new Error('x'), 'test')).not.toThrow()
  })
})
