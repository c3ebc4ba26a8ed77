import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { expressionFunctions } from '../../../src/core/expression/functions.ts'

// The formatter aligns tables.
const page = readFileSync(join(import.meta.dirname, '../../../docs/expressions.md'), 'utf8').replaceAll(
  / +/g,
  ' ',
)
const columns = (
  [
    ['age', 'number'],
    ['spend', 'number'],
    ['months', 'integer'],
    ['monthly fee', 'number'],
    ['retired', 'boolean'],
    ['ticket', 'text'],
    ['cabin', 'text'],
    ['signup', 'date'],
    ['seen', 'datetime'],
  ] as const
).map(([name, type]) => ({ name, type }))

describe('the page on expressions', () => {
  it.each(Object.entries(expressionFunctions))('describes %s as the code does', (_name, known) => {
    expect(page).toContain(`| \`${known.signature}\` | ${known.summary} |\n`)
  })

  it('starts with examples that work', () => {
    const examples = /```\n(.*?)\n```/s.exec(page)![1]!.split('\n')
    const problems = examples.flatMap((example) => {
      const checked = checkExpression(example, columns)
      return 'problem' in checked ? [`${example}: ${checked.problem.message}`] : []
    })
    expect(problems).toEqual([])
  })
})
