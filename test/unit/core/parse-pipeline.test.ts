import { describe, expect, test } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'

const head = '"format": 1, "id": "x", "name": "A pipeline"'

function refusal(text: string): { code: string; message: string; remedy: string } {
  try {
    parsePipeline(text)
  } catch (error) {
    if (!(error instanceof PipewrightError) || error.kind !== 'user') throw error
    return { code: error.code, message: error.message, remedy: error.remedy }
  }
  throw new Error('nothing was refused')
}

describe('a pipeline file is read', () => {
  test('with defaults for what it leaves out', () => {
    expect(parsePipeline(`{ ${head}, "nodes": { "a": { "type": "t", "version": 1 } } }`)).toEqual({
      format: 1,
      id: 'x',
      name: 'A pipeline',
      seed: 0,
      parameters: {},
      nodes: { a: { type: 't', version: 1, params: {} } },
      edges: [],
      layout: {},
    })
  })

  test('with a byte order mark and Windows line ends', () => {
    expect(parsePipeline(`\uFEFF{\r\n${head},\r\n"nodes": {}\r\n}\r\n`).name).toBe('A pipeline')
  })

  test('with every escape of JSON', () => {
    const text = String.raw`{ ${head}, "description": "\" \\ \/ \b\f\n\r\t é 😀 \ud83d", "nodes": {} }`
    expect(parsePipeline(text).description).toBe('" \\ / \b\f\n\r\t é 😀 \ud83d')
  })
})

describe('a file that is not JSON is refused with line, column and remedy', () => {
  test.for([
    ['', 'The file is empty (line 1, column 1).'],
    [
      '{\n  "format": 1\n  "id": "x"\n}',
      'A comma or “}” is expected, but “"” stands here (line 3, column 3).',
    ],
    ['{\n  "format": 1,\n}', 'A comma stands before “}” (line 2, column 14).'],
    ['{ "a": [1, 2,] }', 'A comma stands before “]” (line 1, column 13).'],
    ['{ "format": 1', 'The file ends too early (line 1, column 14).'],
    ['{ // note\n "format": 1 }', 'A comment stands here; JSON has none (line 1, column 3).'],
    ["{ 'format': 1 }", 'Single quotes stand here (line 1, column 3).'],
    ['{ format: 1 }', 'A name in double quotes is expected, but “format” stands here (line 1, column 3).'],
    ['{ "format" 1 }', 'A colon is expected after the name, but “1” stands here (line 1, column 12).'],
    ['{ "a": NaN }', 'A value is expected, but “NaN” stands here (line 1, column 8).'],
    ['{ "a": +1 }', 'A value is expected, but “+1” stands here (line 1, column 8).'],
    ['{ "a": 01 }', 'A comma or “}” is expected, but “1” stands here (line 1, column 9).'],
    ['{ "a": "one\n" }', 'The text is not closed (line 1, column 8).'],
    ['{ "a": "one', 'The text is not closed (line 1, column 8).'],
    ['{ "a": "\t" }', 'A control character stands in a text (line 1, column 9).'],
    ['{ "a": "\\x" }', 'A backslash is followed by what it cannot escape (line 1, column 9).'],
    ['{ "a": "\\u12" }', 'A backslash is followed by what it cannot escape (line 1, column 9).'],
    ['{} {}', 'Something stands after the end of the pipeline, but “{” stands here (line 1, column 4).'],
    ['{\n<<<<<<< ours\n "format": 1\n=======\n}', 'A merge conflict is not resolved (line 2, column 1).'],
  ] as const)('%j', ([text, message]) => {
    const refused = refusal(text)
    expect(refused).toMatchObject({ code: 'pipeline.syntax', message })
    expect(refused.remedy).toMatch(/^\p{Lu}.+\.$/u)
  })
})

describe('a file that could be misread is refused', () => {
  test('with the same name twice', () => {
    expect(refusal(`{ ${head},\n "nodes": {\n  "a": {},\n  "a": {} } }`)).toEqual({
      code: 'pipeline.duplicate-key',
      message: 'The name “a” stands twice in the same object (line 4, column 3).',
      remedy: 'Keep one of the two, or rename one.',
    })
  })

  test('with the same name twice, once escaped', () => {
    expect(refusal('{ "a": 1, "\\u0061": 2 }').code).toBe('pipeline.duplicate-key')
  })

  test.for(['__proto__', '\\u005f_proto__'])('with the name %s', (name) => {
    expect(refusal(`{ ${head}, "nodes": { "a": { "params": { "${name}": 1 } } } }`).code).toBe(
      'pipeline.forbidden-key',
    )
  })

  test.for(['constructor', 'prototype', 'toString'])('but not for a column called %s', (name) => {
    const text = `{ ${head}, "nodes": { "a": { "type": "t", "version": 1, "params": { "types": { "${name}": "text" } } } } }`
    expect(parsePipeline(text).nodes['a']!.params).toEqual({ types: { [name]: 'text' } })
  })

  test('with a whole number that would change', () => {
    expect(refusal('{ "id": 12345678901234567890 }')).toEqual({
      code: 'pipeline.inexact-number',
      message: 'The number 12345678901234567890 cannot be held exactly (line 1, column 9).',
      remedy: 'Put it in quotes if it is an id, or round it.',
    })
    expect(refusal('{ "a": 1e999 }').code).toBe('pipeline.inexact-number')
  })
})

describe('limits', () => {
  const nested = (depth: number) =>
    `{ ${head}, "nodes": { "a": { "type": "t", "version": 1, "params": { "v": ${'['.repeat(depth)}${']'.repeat(depth)} } } } }`

  test('64 levels are read, 65 are not', () => {
    expect(() => parsePipeline(nested(60))).not.toThrow()
    expect(refusal(nested(61))).toMatchObject({
      code: 'pipeline.too-deep',
      message: expect.stringContaining('nested more than 64 deep (line 1'),
    })
  })

  test('depth is refused before it can exhaust the stack', () => {
    expect(refusal('['.repeat(1_000_000)).code).toBe('pipeline.too-deep')
  })

  test('5 000 nodes are read, 5 001 are not', () => {
    const nodes = (count: number) =>
      Array.from({ length: count }, (_, index) => `"n${index}": { "type": "t", "version": 1 }`).join(',')
    expect(Object.keys(parsePipeline(`{ ${head}, "nodes": { ${nodes(5000)} } }`).nodes)).toHaveLength(5000)
    expect(refusal(`{ ${head}, "nodes": { ${nodes(5001)} } }`).message).toBe(
      'The pipeline has 5001 nodes; 5000 are allowed.',
    )
  })

  test('20 000 edges are read, 20 001 are not', () => {
    const edges = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, index) => `a.table -> b.t${index}`))
    const text = (count: number) => `{ ${head}, "nodes": {}, "edges": ${edges(count)} }`
    expect(parsePipeline(text(20_000)).edges).toHaveLength(20_000)
    expect(refusal(text(20_001)).message).toContain('“edges” has 20001 entries')
  })

  test('nodes of pipelines inside count too', () => {
    const nodes = Array.from(
      { length: 2600 },
      (_, index) => `"n${index}": { "type": "t", "version": 1 }`,
    ).join()
    const inner = `{ "s": { "pipeline": { ${head}, "nodes": { ${nodes} } } } }`
    expect(refusal(`{ ${head}, "nodes": { ${nodes} }, "subpipelines": ${inner} }`).code).toBe(
      'pipeline.too-many-nodes',
    )
  })

  test('10 MB are counted in bytes, not in characters', () => {
    const text = (filler: string, count: number) =>
      `{ ${head}, "description": "${filler.repeat(count)}", "nodes": {} }`
    const limit = 10 * 1024 * 1024
    expect(() => parsePipeline(text('a', limit - 200))).not.toThrow()
    expect(refusal(text('a', limit)).message).toBe('The pipeline has 10.0 MB; 10 MB are allowed.')
    expect(refusal(text('€', limit / 3)).code).toBe('pipeline.too-large')
    expect(() => parsePipeline(text('😀', limit / 4 - 200))).not.toThrow()
    expect(refusal(text('😀', limit / 4)).code).toBe('pipeline.too-large')
  })
})

describe('a document that is not a pipeline of format 1 is refused', () => {
  test.for([
    ['[]', 'This is not a pipeline: it is not an object.'],
    ['{}', 'This is not a pipeline: it has no “format”.'],
    ['{ "format": "1" }', 'This is not a pipeline: its “format” is not a whole number from 1.'],
    ['{ "format": 0 }', 'This is not a pipeline: its “format” is not a whole number from 1.'],
  ] as const)('%s', ([text, message]) => {
    expect(refusal(text)).toMatchObject({ code: 'pipeline.not-a-pipeline', message })
  })

  test('a newer format asks for a newer Pipewright, whatever else is in the file', () => {
    expect(refusal('{ "format": 2, "whatever": [] }')).toEqual({
      code: 'pipeline.newer-format',
      message: 'The file has format 2, made by a newer Pipewright; this one reads format 1.',
      remedy: 'Update Pipewright, or save the pipeline with the older version.',
    })
  })
})

describe('a field that does not fit is refused where it stands', () => {
  const inNode = (fields: string) => `{ ${head},\n  "nodes": {\n    "a": { ${fields} }\n  }\n}`
  const valid = '"type": "t", "version": 1'

  test.for([
    [
      'a misspelt name',
      inNode('"type": "t", "verison": 1, "version": 1'),
      '“nodes.a” has no field “verison” (line 3, column 25).',
      'Did you mean “version”?',
    ],
    [
      'an unknown name',
      `{ ${head}, "nodes": {},\n "nonsense": 1 }`,
      'There is no field “nonsense” (line 2, column 2).',
      /^Remove it\. Possible are “format”, “id”, /,
    ],
    [
      'a missing field',
      inNode('"type": "t"'),
      '“nodes.a.version” is missing (line 3, column 5).',
      'Give a whole number.',
    ],
    [
      'letters that changed places in a field',
      `{ ${head}, "nodes": {},\n "egdes": [] }`,
      'There is no field “egdes” (line 2, column 2).',
      'Did you mean “edges”?',
    ],
    [
      'the long form of a field',
      inNode('"type": "t", "version": 1, "parameters": {}'),
      /“nodes\.a” has no field “parameters”/,
      'Did you mean “params”?',
    ],
    [
      'a value of another type',
      inNode('"type": "t", "version": "1"'),
      '“nodes.a.version” cannot be “1” (line 3, column 25).',
      'Give a whole number.',
    ],
    [
      'a fraction for a position',
      `{ ${head}, "nodes": {}, "layout": {\n "a": [0, 1.5] } }`,
      '“layout.a.1” cannot be 1.5 (line 2, column 11).',
      'Give a whole number.',
    ],
    [
      'a bad node id',
      `{ ${head}, "nodes": {\n "1st": { ${valid} } } }`,
      'A node id is a letter, then at most 63 letters, digits, “_” or “-” (line 2, column 2).',
      'Correct “nodes.1st”, which is “1st”.',
    ],
    [
      'a bad edge',
      `{ ${head}, "nodes": {},\n "edges": ["a.b -> c.d",\n "a.b->c.d"] }`,
      'An edge reads “node.output -> node.input” (line 3, column 2).',
      'Correct “edges.1”, which is “a.b->c.d”.',
    ],
    [
      'an edge twice',
      `{ ${head}, "nodes": {},\n "edges": ["a.b -> c.d",\n "a.b -> c.d"] }`,
      'This edge stands here twice (line 3, column 2).',
      'Correct “edges.1”.',
    ],
    [
      'a parameter of an unknown type',
      `{ ${head}, "nodes": {}, "parameters": { "p": { "type": "intger" } } }`,
      /^“parameters\.p\.type” cannot be “intger” \(line 1, column \d+\)\.$/,
      'Did you mean “integer”? Choose one of “text”, “path”, “number”, “integer”, “boolean”.',
    ],
    [
      'a default of another type',
      `{ ${head}, "nodes": {}, "parameters": {\n "p": { "type": "number", "default": "1" } } }`,
      '“parameters.p.default” cannot be “1” (line 2, column 27).',
      'Give a number.',
    ],
    [
      'a mistake in one of two forms of a check',
      `{ ${head}, "nodes": {}, "checks": [\n { "node": "a", "metric": "auc", "is": ">=", "valu": 1 }] }`,
      '“checks.0.value” is missing (line 2, column 2).',
      'Give a number.',
    ],
    [
      'a mistake in a pipeline inside',
      `{ ${head}, "nodes": {}, "subpipelines": {\n "s": { "pipeline": { ${head}, "nodes": {}, "sed": 1 } } } }`,
      /^“subpipelines\.s\.pipeline” has no field “sed” \(line 2, column \d+\)\.$/,
      'Did you mean “seed”?',
    ],
  ] as const)('%s', ([, text, message, remedy]) => {
    const refused = refusal(text)
    expect(refused.code).toBe('pipeline.bad-field')
    expect(refused.message).toMatch(message)
    expect(refused.remedy).toMatch(remedy)
  })
})
