import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { TermCounts, tokenPattern } from '../accumulators/term-counts.ts'
import { recipeError } from '../errors.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = TransformParams<'text-features'>

/** Of each column in order: its terms, words joined by spaces, in order; and with TF-IDF the weight of each. */
type TextState = { terms: string[]; weights: number[] | null }[]

/**
 * As scikit-learn's TfidfVectorizer (tf-idf: smooth, rows of length 1) and CountVectorizer (count; presence is its
 * `binary`) with their default tokens, but for two things: only A to Z become small letters, and of equally frequent
 * terms at the limit those stay that come first by code point. A text without known terms, or null, is all zeros.
 */
export function textFeaturesTransform(params: Params): Transform<TextState> {
  return {
    fit: () => fitOf(params),
    elementsOf: (column, state) =>
      state[params.columns.indexOf(column)]!.terms.map((term) => `${column}:${term}`),
    emit(graph, state) {
      const names = params.columns.filter((name) => graph.isWanted(name))
      for (const [index, texts] of graph.separate(names).entries()) {
        const { terms, weights } = state[params.columns.indexOf(names[index]!)]!
        const counts = emitCounts(graph.builder, texts, { terms, params })
        const values = weights ? emitWeighted(graph.builder, counts, weights) : counts
        graph.put([names[index]!], values, [terms.length])
      }
    },
  }
}

function fitOf(params: Params): Fit<TextState> {
  const counts = params.columns.map((name) => ({ name, terms: new TermCounts(params) }))
  return {
    reads: params.columns,
    add(chunk) {
      for (const { name, terms } of counts)
        for (const text of chunk.columns[name] as readonly string[]) terms.add(text)
    },
    finish: () =>
      counts.map(({ name, terms: counted }) => {
        const chosen = counted.chosen(params)
        if (chosen.length === 0) throw recipeError('no-terms', { column: name })
        const inverseShare = ({ texts }: { texts: number }): number =>
          Math.log((1 + counted.texts) / (1 + texts)) + 1
        return {
          terms: chosen.map(({ term }) => term),
          weights: params.weights === 'tf-idf' ? chosen.map(inverseShare) : null,
        }
      }),
  }
}

/** How often each term comes, or whether it does; float32 [N, terms]. */
function emitCounts(
  builder: GraphBuilder,
  texts: Value,
  { terms, params }: { terms: readonly string[]; params: Params },
): Value {
  const text = { type: 'string', width: 1 } as const
  const flat = builder.declare(
    builder.node('Reshape', [texts, builder.constant(tensor('int64', [1], [-1]))]),
    text,
  )
  const lower = builder.declare(
    builder.node('StringNormalizer', [flat], {
      case_change_action: { s: params.lowerCase ? 'LOWER' : 'NONE' },
      is_case_sensitive: { i: 1 },
      locale: { s: 'C' },
    }),
    text,
  )
  const tokens = builder.declare(
    builder.node('ms.Tokenizer', [lower], {
      mark: { i: 0 },
      mincharnum: { i: 1 },
      // No token: the pattern has no such character.
      pad_value: { s: '\u0002' },
      tokenexp: { s: tokenPattern },
    }),
    text,
  )
  const counts = builder.declare(
    builder.node('TfIdfVectorizer', [tokens], { ...vocabulary(terms), mode: { s: 'TF' } }),
    { type: 'float32', width: terms.length },
  )
  if (params.weights !== 'presence') return counts
  const isThere = builder.node('Greater', [counts, builder.constant(tensor('float32', [1, 1], [0]))])
  return builder.node('Cast', [isThere], { to: { i: elementCodes.float32 } })
}

/** Terms by their number of words, as the operator wants them. */
function vocabulary(terms: readonly string[]) {
  const words = terms.map((term, index) => ({ index, words: term.split(' ') }))
  const lengths = words.map(({ words: { length } }) => length)
  const most = Math.max(...lengths)
  const byLength = Array.from({ length: most }, (_, index) =>
    words.filter(({ words: { length } }) => length === index + 1),
  )
  const sizes = byLength.map((group, index) => group.length * (index + 1))
  return {
    min_gram_length: { i: Math.min(...lengths) },
    max_gram_length: { i: most },
    max_skip_count: { i: 0 },
    ngram_counts: {
      ints: sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0)),
    },
    ngram_indexes: { ints: byLength.flat().map(({ index }) => index) },
    pool_strings: { strings: byLength.flat(2).flatMap(({ words: each }) => each) },
  }
}

/** Weighted counts, each row divided by its length; float64 [N, terms]. */
function emitWeighted(builder: GraphBuilder, counts: Value, weights: readonly number[]): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const exact = builder.node('Cast', [counts], { to: { i: elementCodes.float64 } })
  const weighted = builder.node('Mul', [
    exact,
    builder.constant(tensor('float64', [1, weights.length], weights)),
  ])
  // Squares in whole units of 2^-24 have a sum that is exact in any order, up to 2^29.
  const unit = 2 ** 24
  const squares = builder.node('Round', [
    builder.node('Mul', [builder.node('Mul', [weighted, weighted]), number(unit)]),
  ])
  const ones = builder.constant(
    tensor(
      'float64',
      [weights.length, 1],
      weights.map(() => 1),
    ),
  )
  const sum = builder.node('Div', [builder.node('Gemm', [squares, ones]), number(unit)])
  const isEmpty = builder.node('Equal', [sum, number(0)])
  const length = builder.node('Sqrt', [builder.node('Where', [isEmpty, number(1), sum])])
  return builder.node('Div', [weighted, length])
}
