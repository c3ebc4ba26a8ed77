import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLog } from '../../../src/hosts/log.ts'

describe('the log of a process', () => {
  const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'pipewright-log-')), 'logs')

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
    for (let day = 10; day < 40; day++)
      writeFileSync(join(folder, `host-2020-01-${day}T00-00-00-1.log`), 'old')
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    const log = openLog(folder)
    log.error(new Error('x'), 'test')
    const names = readdirSync(folder).toSorted()
    expect(names).toHaveLength(21)
    expect(names).toContain('notes.txt')
    expect(names[0]).toBe('host-2020-01-21T00-00-00-1.log')
    expect(existsSync(log.file)).toBe(true)
  })

  it('is never the reason why something fails', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pipewright-log-')), 'file')
    writeFileSync(file, '')
    expect(() => openLog(join(file, 'logs')).error(new Error('x'), 'test')).not.toThrow()
  })
})
