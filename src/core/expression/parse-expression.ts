import { expressionError, placeIn } from './errors.ts'
import { expressionLimits, type BinaryOperator, type Expression, type ExpressionNode } from './expression.ts'
import { tokenize, type Token } from './tokens.ts'

/**
 * Reads an expression. From the loosest to the tightest: `or`, `and`, `not`, comparisons, `+ -`, `* / %`, a sign,
 * `^` (from the right). Throws `expression` errors that say where, what was expected, and what to do.
 */
export function parseExpression(text: string): Expression {
  const { length: limit } = expressionLimits
  if (text.length > limit) throw expressionError('too-long', { limit })
  return { text, root: new Parser(text).parse() }
}

const comparisons: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
/** Words that are no names of columns, in small letters. */
export const keywords: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'between',
  'null',
  'true',
  'false',
])

class Parser {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #depths = new WeakMap<ExpressionNode, number>()
  #next = 0
  #nesting = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokenize(text)
  }

  parse(): ExpressionNode {
    const root = this.#or()
    if (this.#token.kind !== 'end')
      throw this.#expected('an operator or the end', 'Join two values with an operator such as +, = or and.')
    return root
  }

  #or(): ExpressionNode {
    return this.#nested(() => this.#leftToRight(['or'], () => this.#and()))
  }

  #and(): ExpressionNode {
    return this.#leftToRight(['and'], () => this.#not())
  }

  #not(): ExpressionNode {
    const at = this.#token.at
    if (!this.#take('not')) return this.#comparison()
    const operand = this.#nested(() => this.#not())
    return this.#node({ kind: 'not', at, operand }, [operand])
  }

  #comparison(): ExpressionNode {
    const left = this.#sum()
    const node = this.#comparisonOf(left)
    if (node === left) return left
    const { at } = this.#token
    if (this.#comparisonOf(node) !== node)
      throw expressionError('expected', {
        ...placeIn(this.#text, at),
        expected: 'one comparison',
        found: 'a second one',
        hint: 'Join comparisons with “and”: a < b and b < c.',
      })
    return node
  }

  #comparisonOf(left: ExpressionNode): ExpressionNode {
    const { at } = this.#token
    const operator = comparisons[this.#word]
    if (operator) {
      this.#next++
      const right = this.#sum()
      return this.#node({ kind: 'binary', operator, at, left, right }, [left, right])
    }
    if (this.#take('is')) {
      const negated = this.#take('not')
      if (!this.#take('null'))
        throw this.#expected('“null”', 'Write “is null” or “is not null”; compare with = otherwise.')
      return this.#node({ kind: 'is-null', at, operand: left, negated }, [left])
    }
    const negated = this.#word === 'not' && ['in', 'between'].includes(wordOf(this.#tokens[this.#next + 1]))
    if (negated) this.#next++
    if (this.#take('between')) return this.#between(left, { at, negated })
    if (this.#take('in')) return this.#in(left, { at, negated })
    return left
  }

  #between(operand: ExpressionNode, { at, negated }: { at: number; negated: boolean }): ExpressionNode {
    const low = this.#sum()
    if (!this.#take('and')) throw this.#expected('“and”', 'Write: x between 1 and 10.')
    const high = this.#sum()
    return this.#node({ kind: 'between', at, operand, low, high, negated }, [operand, low, high])
  }

  #in(operand: ExpressionNode, { at, negated }: { at: number; negated: boolean }): ExpressionNode {
    const hint = "Write: x in ('a', 'b')."
    if (!this.#take('(')) throw this.#expected('“(”', hint)
    const list = this.#list(hint)
    if (list.length === 0) throw this.#expected('a value', hint)
    return this.#node({ kind: 'in', at, operand, list, negated }, [operand, ...list])
  }

  #sum(): ExpressionNode {
    return this.#leftToRight(['+', '-'], () => this.#product())
  }

  #product(): ExpressionNode {
    return this.#leftToRight(['*', '/', '%'], () => this.#signed())
  }

  #signed(): ExpressionNode {
    const at = this.#token.at
    if (this.#take('+')) return this.#nested(() => this.#signed())
    if (!this.#take('-')) return this.#power()
    const operand = this.#nested(() => this.#signed())
    return this.#node({ kind: 'negate', at, operand }, [operand])
  }

  #power(): ExpressionNode {
    const left = this.#primary()
    const at = this.#token.at
    if (!this.#take('^')) return left
    const right = this.#nested(() => this.#signed())
    return this.#node({ kind: 'binary', operator: '^', at, left, right }, [left, right])
  }

  #primary(): ExpressionNode {
    const token = this.#token
    const { at } = token
    if (token.kind === 'number' || token.kind === 'text') {
      this.#next++
      return token.kind === 'number'
        ? { kind: 'number', value: token.value, at }
        : { kind: 'text', value: token.value, at }
    }
    if (token.kind === 'quoted-name') {
      this.#next++
      return { kind: 'column', name: token.name, quoted: true, at }
    }
    if (this.#take('(')) {
      const inner = this.#or()
      if (!this.#take(')'))
        throw this.#expected('“)”', 'Close the parenthesis, or join two values with an operator.')
      return inner
    }
    if (this.#take('null')) return { kind: 'null', at }
    if (this.#take('true')) return { kind: 'boolean', value: true, at }
    if (this.#take('false')) return { kind: 'boolean', value: false, at }
    if (token.kind === 'name' && !keywords.has(this.#word)) return this.#named(token)
    throw this.#expected('a value', "Write a number, a 'text', a column or a function here.")
  }

  #named({ name, at }: Extract<Token, { kind: 'name' }>): ExpressionNode {
    this.#next++
    if (!this.#take('(')) return { kind: 'column', name, quoted: false, at }
    const inputs = this.#list('Separate what a function is given by commas and close the parenthesis.')
    return this.#node({ kind: 'call', name, inputs, at }, inputs)
  }

  /** What stands between an opened parenthesis and the closing one. */
  #list(hint: string): ExpressionNode[] {
    const list: ExpressionNode[] = []
    if (this.#take(')')) return list
    do list.push(this.#or())
    while (this.#take(','))
    if (!this.#take(')')) throw this.#expected('“,” or “)”', hint)
    return list
  }

  #leftToRight(operators: readonly BinaryOperator[], operand: () => ExpressionNode): ExpressionNode {
    let left = operand()
    for (;;) {
      const operator = operators.find((candidate) => candidate === this.#word)
      if (!operator) return left
      const { at } = this.#token
      this.#next++
      const right = operand()
      left = this.#node({ kind: 'binary', operator, at, left, right }, [left, right])
    }
  }

  #nested(read: () => ExpressionNode): ExpressionNode {
    if (++this.#nesting > expressionLimits.depth) throw this.#tooDeep(this.#token.at)
    const node = read()
    this.#nesting--
    return node
  }

  #node(node: ExpressionNode, inputs: readonly ExpressionNode[]): ExpressionNode {
    const depth = 1 + Math.max(0, ...inputs.map((input) => this.#depths.get(input) ?? 0))
    if (depth > expressionLimits.depth) throw this.#tooDeep(node.at)
    this.#depths.set(node, depth)
    return node
  }

  get #token(): Token {
    return this.#tokens[this.#next]!
  }

  get #word(): string {
    return wordOf(this.#token)
  }

  #take(word: string): boolean {
    if (this.#word !== word) return false
    this.#next++
    return true
  }

  #expected(expected: string, hint: string): Error {
    const { kind, at, end } = this.#token
    const found = kind === 'end' ? 'the end' : `“${this.#text.slice(at, end)}”`
    return expressionError('expected', { ...placeIn(this.#text, at), expected, found, hint })
  }

  #tooDeep(at: number): Error {
    return expressionError('too-deep', { ...placeIn(this.#text, at), limit: expressionLimits.depth })
  }
}

/** Keywords are the same in any case; names of columns are not. */
function wordOf(token: Token | undefined): string {
  if (token?.kind === 'symbol') return token.symbol
  if (token?.kind !== 'name') return ''
  const lower = token.name.toLowerCase()
  return keywords.has(lower) ? lower : ''
}
