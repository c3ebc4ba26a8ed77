import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../../src/hosts/version.ts'

const launcher = join(import.meta.dirname, '../../../src/hosts/cli/pipewright.js')

/** Runs the launcher by a Node that says it is another version: only this one is sure to be there. */
function launchOn(nodeVersion: string): { status: number | null; stdout: string; stderr: string } {
  const pretend = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'${nodeVersion}'}})`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, launcher, '--version'],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

describe('the launcher', () => {
  it.each(['18.20.8', '20.19.0', '22.11.0'])(
    'says on Node %s, in one line, what is needed',
    (nodeVersion) => {
      const { status, stdout, stderr } = launchOn(nodeVersion)
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/^Pipewright needs Node\.js 22\.12 or newer; this is .*\n$/)
      expect(stderr).toContain(nodeVersion)
    },
  )

  it.each(['22.12.0', '24.0.0'])('starts on Node %s', (nodeVersion) => {
    expect(launchOn(nodeVersion)).toMatchObject({ status: 0, stdout: `${version}\n` })
  })

  it('has nothing in it that an old Node could not read', () => {
    const text = readFileSync(launcher, 'utf8')
    expect(text).not.toMatch(/=>|`\$\{|\b(const|let|async|await|class)\b|\?\.|\?\?|node:/)
  })
})
