import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { encodeText } from './encode-text.ts'
import { readText } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const csv = (content: string | Uint8Array, options = {}) =>
  readText(context, { name: 'table.csv', content }, options)
const names = (reading: { startColumns: readonly { name: string }[] }) =>
  reading.startColumns.map(({ name }) => name)

describe('delimited text', () => {
  test.each([
    ['tabs', 'a\tb\n1\tx\n2\ty\n', '\t'],
    ['semicolons with decimal commas', 'a;b\n1,5;x\n2,25;y\n', ';'],
    ['bars', 'a|b\n1|x, y\n2|y\n', '|'],
    ['commas in quotes beside semicolons', 'a,b\n"1;2;3",x\n"2;3;4",y\n', ','],
  ])('is cut at %s', async (_, content, delimiter) => {
    const reading = await csv(content)
    expect(reading.sniff.dialect?.delimiter).toBe(delimiter)
    expect(names(reading)).toEqual(['a', 'b'])
    expect(reading.values).toHaveLength(2)
  })

  test('of one column keeps its commas', async () => {
    const reading = await csv('text\nHello, you\nNo\nYes, no, maybe\n')
    expect(reading.counts).toEqual({ read: 3, kept: 1, rejected: 2 })
    const single = await csv('text\nHello, you\nNo\nYes, no, maybe\n', { delimiter: '\t' })
    expect(single.values).toEqual([['Hello, you'], ['No'], ['Yes, no, maybe']])
  })

  test.each([
    ['a byte order mark', '\ufeffa,b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['CR', 'a,b\r1,2\r'],
    ['mixed line ends and blank lines', '\n\r\na,b\n\n1,2\r\n   \n\r'],
    ['no line end at the end', 'a,b\n1,2'],
    ['spaces around quotes', 'a, "b" \n "1" ,2\n'],
    ['a delimiter at the end of the line', 'a,b\n1,2,\n'],
  ])('with %s is the same table', async (_, content) => {
    const reading = await csv(content)
    expect(names(reading)).toEqual(['a', 'b'])
    expect(reading.values).toEqual([[1, 2]])
  })

  test('with other quotes and escapes is read', async () => {
    const single = await csv(`a,b\n'it''s, so',"\n'x',2\n`, { quote: "'" })
    expect(single.values).toEqual([
      ["it's, so", '"'],
      ['x', '2'],
    ])
    const backslash = await csv('a,b\n"say \\"hi\\", you","c:\\\\x"\n"x\\y",2\n')
    expect(backslash.sniff.dialect?.escape).toBe('\\')
    expect(backslash.values).toEqual([
      ['say "hi", you', 'c:\\x'],
      ['x\\y', '2'],
    ])
    const literal = await csv('a\tb\nham\t"Hi" he said\nspam\t"so\n', { delimiter: '\t' })
    expect(literal.values).toEqual([
      ['ham', '"Hi" he said'],
      ['spam', '"so'],
    ])
  })

  test('keeps a quote inside an unquoted field', async () => {
    const reading = await csv('size,n\n5" pipe,1\n7,2\n')
    expect(reading.values).toEqual([
      ['5" pipe', 1],
      ['7', 2],
    ])
  })

  test.each(['utf-16le', 'utf-16be', 'latin-1', 'windows-1252', 'utf-8'] as const)(
    'is decoded from %s',
    async (encoding) => {
      const text =
        encoding === 'latin-1'
          ? 'stadt,n\nKöln,1\nÅrhus,2\n'
          : encoding === 'windows-1252'
            ? 'stadt,n\nKöln €5,1\n“Århus”,2\n'
            : 'stadt,n\n東京 😀,1\nÅrhus,2\n'
      const reading = await csv(encodeText(text, encoding), encoding === 'latin-1' ? { encoding } : {})
      expect(reading.sniff.encoding).toBe(encoding)
      expect(reading.values).toEqual(
        text
          .split('\n')
          .slice(1, 3)
          .map((line) => [line.split(',')[0], Number(line.split(',')[1])]),
      )
    },
  )
})
