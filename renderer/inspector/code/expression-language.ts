import type { Completion, CompletionSource } from '@codemirror/autocomplete'
import { StreamLanguage } from '@codemirror/language'
import type { Column } from '../../../src/core/columns.ts'
import { columnText } from '../../../src/core/expression/column-text.ts'
import { expressionFunctions } from '../../../src/core/expression/functions.ts'
import { keywords } from '../../../src/core/expression/parse-expression.ts'

/** Colours for the language of expressions; what it means is up to its parser. */
export const expressionLanguage = StreamLanguage.define({
  name: 'expression',
  token(stream) {
    if (stream.eatSpace()) return null
    if (stream.match(/^'(?:[^']|'')*'?/)) return 'string'
    if (stream.match(/^"(?:[^"]|"")*"?/)) return 'variableName'
    if (stream.match(/^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/)) return 'number'
    const word = stream.match(/^[\p{L}_][\p{L}\p{M}\p{N}_]*/u) as RegExpMatchArray | null
    if (!word) {
      stream.next()
      return null
    }
    if (keywords.has(word[0].toLowerCase())) return 'keyword'
    return Object.hasOwn(expressionFunctions, word[0]) ? 'variableName.function' : 'variableName'
  },
})

/** Offers columns first, then functions, then words of the language. */
export function completeExpression(columns: readonly Column[]): CompletionSource {
  const options = [...columns.map(columnCompletion), ...functionCompletions, ...keywordCompletions]
  return (context) => {
    const word = context.matchBefore(/"[^"]*|[\p{L}_][\p{L}\p{M}\p{N}_]*/u)
    if (!word && !context.explicit) return null
    return { from: word?.from ?? context.pos, options, validFor: /^"?[\p{L}\p{M}\p{N}_ ]*$/u }
  }
}

const columnCompletion = ({ name, type }: Column): Completion => ({
  label: columnText(name),
  detail: type,
  type: 'property',
  boost: 2,
})

const functionCompletions: readonly Completion[] = Object.entries(expressionFunctions).map(
  ([name, { signature, summary }]) => ({
    label: name,
    apply: `${name}(`,
    detail: signature.slice(name.length),
    info: summary,
    type: 'function',
    boost: 1,
  }),
)

const keywordCompletions: readonly Completion[] = [...keywords].map((word) => ({
  label: word,
  type: 'keyword',
}))
