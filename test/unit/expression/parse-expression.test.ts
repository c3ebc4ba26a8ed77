import { describe, expect, it } from 'vitest'
import type { ExpressionNode } from '../../../src/core/expression/expression.ts'
import { parseExpression } from '../../../src/core/expression/parse-expression.ts'

/** The tree with every parenthesis written out. */
function written(node: ExpressionNode): string {
  switch (node.kind) {
    case 'number':
    case 'boolean':
      return String(node.value)
    case 'text':
      return `'${node.value}'`
    case 'null':
      return 'null'
    case 'column':
      return node.name
    case 'negate':
      return `(-${written(node.operand)})`
    case 'not':
      return `(not ${written(node.operand)})`
    case 'binary':
      return `(${written(node.left)} ${node.operator} ${written(node.right)})`
    case 'is-null':
      return `(${written(node.operand)} is ${node.negated ? 'not ' : ''}null)`
    case 'between': {
      const negation = node.negated ? 'not ' : ''
      return `(${written(node.operand)} ${negation}between ${written(node.low)} and ${written(node.high)})`
    }
    case 'in':
      return `(${written(node.operand)} ${node.negated ? 'not ' : ''}in [${node.list.map(written).join(', ')}])`
    case 'call':
      return `${node.name}(${node.inputs.map(written).join(', ')})`
  }
}

describe('parsing an expression', () => {
  it.each([
    ['a + b * c - d', '((a + (b * c)) - d)'],
    ['a / b / c % d', '(((a / b) / c) % d)'],
    ['-a ^ 2', '(-(a ^ 2))'],
    ['a ^ -b ^ c', '(a ^ (-(b ^ c)))'],
    ['2 * -a', '(2 * (-a))'],
    ['+a', 'a'],
    ['a or b and not c = d', '(a or (b and (not (c = d))))'],
    ['not a and b', '((not a) and b)'],
    ['a + 1 > b * 2', '((a + 1) > (b * 2))'],
    ['a == b', '(a = b)'],
    ['a != b', '(a <> b)'],
    ['a between 1 and 2 and b', '((a between 1 and 2) and b)'],
    ['a not between b + 1 and 2', '(a not between (b + 1) and 2)'],
    ['a in (1, -2)', '(a in [1, (-2)])'],
    ["a not in ('x')", "(a not in ['x'])"],
    ['a + 1 is not null', '((a + 1) is not null)'],
    ['if(a, b + 1, null)', 'if(a, (b + 1), null)'],
    ['A AND Not b Is NULL', '(A and (not (b is null)))'],
    ['  1.5e-3+.5\n*2.', '(0.0015 + (0.5 * 2))'],
    ['"Monthly ""net"" fee" * größe_2', '(Monthly "net" fee * größe_2)'],
    ["'it''s'", "'it's'"],
    ['"and" + 1', '(and + 1)'],
    ['((a))', 'a'],
  ])('reads %s as %s', (text, tree) => {
    expect(written(parseExpression(text).root)).toBe(tree)
  })

  it.each([
    ['a + * 2', 'At character 5: expected a value, found “*”.', 'a + * 2\n    ^'],
    ['', 'At character 1: expected a value, found the end.', '\n^'],
    ['a +', 'At character 4: expected a value, found the end.', 'a +\n   ^'],
    ['(a + 1', 'At character 7: expected “)”, found the end.', '(a + 1\n      ^'],
    ['a b', 'At character 3: expected an operator or the end, found “b”.', 'a b\n  ^'],
    ['a < b < c', 'At character 7: expected one comparison, found a second one.', 'a < b < c\n      ^'],
    ['f(a, )', 'At character 6: expected a value, found “)”.', 'f(a, )\n     ^'],
    ['f(a b)', 'At character 5: expected “,” or “)”, found “b”.', 'f(a b)\n    ^'],
    ['a in ()', 'At character 8: expected a value, found the end.', 'a in ()\n       ^'],
    ['a in 1', 'At character 6: expected “(”, found “1”.', 'a in 1\n     ^'],
    ['a is 1', 'At character 6: expected “null”, found “1”.', 'a is 1\n     ^'],
    ['a between 1', 'At character 12: expected “and”, found the end.', 'a between 1\n           ^'],
    ["a = 'x", 'At character 5: the text that starts here does not end.', "a = 'x\n    ^"],
    ['"a', 'At character 1: the name of a column that starts here does not end.', '"a\n^'],
    ['a & b', 'At character 3: “&” means nothing here.', 'a & b\n  ^'],
    ['🙂 + 1', 'At character 1: “🙂” means nothing here.', '🙂 + 1\n^'],
    ["'🙂' + 2x", 'At character 7: “2x” is not a number.', "'🙂' + 2x\n      ^"],
    ['1e999', 'At character 1: “1e999” is not a number.', '1e999\n^'],
    ['1.2.3', 'At character 1: “1.2.3” is not a number.', '1.2.3\n^'],
    ['a = 1\nand b = = 2\nand c', 'At character 15: expected a value, found “=”.', 'and b = = 2\n        ^'],
    ["a = '\0'", 'At character 5: this text holds a character that cannot be stored.', "a = '\0'\n    ^"],
    [
      "a = '\ud800'",
      'At character 5: this text holds a character that cannot be stored.',
      "a = '\ud800'\n    ^",
    ],
  ])('says where %j goes wrong', (text, message, marked) => {
    expect(() => parseExpression(text)).toThrow(
      expect.objectContaining({ message, values: expect.objectContaining({ marked }) as object }),
    )
  })

  it.each([
    '('.repeat(5_000),
    '-'.repeat(5_000),
    'not '.repeat(2_000),
    `1${'+1'.repeat(4_000)}`,
    '1^'.repeat(4_000),
  ])('refuses what is nested too deep: %.10s…', (text) => {
    expect(() => parseExpression(text)).toThrow('nested more than 150 deep')
  })

  it('refuses what is too long', () => {
    expect(() => parseExpression(' '.repeat(10_001))).toThrow('longer than 10000 characters')
  })
})
