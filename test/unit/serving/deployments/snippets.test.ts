import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { snippetsFor } from '../../../../src/serving/deployments/snippets.ts'

const row = { name: "O'Neill $HOME", tenure: 2, isNew: true, city: null }
const request = { address: 'http://127.0.0.1:8750', row, needsToken: false }

describe('snippets', () => {
  it.skipIf(process.platform === 'win32')('give a shell the row as it is', () => {
    const { curl } = snippetsFor(request)
    const words = execFileSync('sh', ['-c', `set -- ${curl}; printf '%s\\n' "$@"`], { encoding: 'utf8' })
    expect(words.trim().split('\n')).toEqual([
      'curl',
      'http://127.0.0.1:8750/predict',
      '-H',
      'content-type: application/json',
      '-d',
      JSON.stringify(row),
    ])
  })

  it('say values in the words of Python', () => {
    const { python } = snippetsFor(request)
    expect(python).toContain(
      `    "name": "O'Neill $HOME",\n    "tenure": 2,\n    "isNew": True,\n    "city": None,`,
    )
  })

  it('take the token from the environment, where one is needed', () => {
    const { curl, python, javascript } = snippetsFor({ ...request, needsToken: true })
    expect(curl).toContain('-H "authorization: Bearer $PIPEWRIGHT_TOKEN"')
    expect(python).toContain('os.environ')
    expect(javascript).toContain('`Bearer ${process.env.PIPEWRIGHT_TOKEN}`')
    expect(snippetsFor(request).curl).not.toContain('authorization')
  })
})
