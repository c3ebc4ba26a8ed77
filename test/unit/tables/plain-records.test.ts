import { assert, constantFrom, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { DigitsSeen } from '../../../src/tables/read-file/digits-seen.ts'
import { PlainRecords } from '../../../src/tables/read-file/plain-records.ts'
import { SpacesSeen } from '../../../src/tables/read-file/spaces-seen.ts'
import { createRandom } from '../../../src/tables/random.ts'

const dialect = { delimiter: ';', quote: '"', escape: '"', header: true }
const width = 3

type LineEnd = '\n' | '\r\n'

/** What is seen when so many bytes are given at a time: a few, which are looked at one by one, or all at once. */
function seen(bytes: Buffer, { lineEnd, atOnce }: { lineEnd: LineEnd; atOnce: number }) {
  const spaces = new SpacesSeen(width)
  const digits = new DigitsSeen(width)
  const plain = new PlainRecords({ dialect, width, lineEnd }, { spaces, digits })
  let start = 0
  let passed = 0
  do {
    start = plain.pass(bytes, start, Math.min(bytes.length, start + atOnce))
    passed += plain.passed
  } while (plain.passed > 0)
  return { start, passed, spaces: spaces.list, digits: digits.list }
}

const few = 10_000

const numbers = ['1.5', '-', '1234567890123456', '7'.repeat(300), '7'.repeat(301), `${'8.'.repeat(60)}8`]
const texts = ['', 'x', ' 3', 'y ', '\t', 'é', 'né', ' é', `${'w'.repeat(64)} `, `${'u'.repeat(130)}é`]
const strange = ['"q"', 'q"', '\0', '4\r', '4\n', '4\r\n', '4;5', '\u00a0', 'x'.repeat(300_000)]
const notable = constantFrom(...numbers, ...texts, ...strange)

test('sees the same of many records as of each by itself', () => {
  const rows = record({
    seed: nat(),
    lineEnd: constantFrom<LineEnd[]>('\n', '\r\n'),
    /** One field is notable, the others are digits. */
    field: notable,
    place: nat(),
    end: constantFrom('', '\r', '1;2', '1;2;3'),
  })
  assert(
    property(rows, ({ seed, lineEnd, field, place, end }) => {
      const random = createRandom(seed, 'lengths of fields')
      const fields = Array.from({ length: 90_000 }, () => '1'.repeat(1 + Math.floor(6 * random.unit())))
      fields[place % fields.length] = field
      const lines = Array.from({ length: fields.length / width }, (_, row) =>
        fields.slice(row * width, (row + 1) * width).join(';'),
      )
      const bytes = Buffer.from(lines.join(lineEnd) + lineEnd + end)
      const found = seen(bytes, { lineEnd, atOnce: Infinity })
      expect(found).toEqual(seen(bytes, { lineEnd, atOnce: Math.max(few, 2 * field.length) }))
    }),
    { numRuns: 60 },
  )
})

test('sees a field wherever it lies', () => {
  const rest = '12;345;6\n'.repeat(30_000)
  for (let shift = 0; shift < 64; shift++)
    for (const field of [' 3', 'y ', '1.5', 'é']) {
      const bytes = Buffer.from(`${'1'.repeat(shift)};2;3\n4;${field};5\n${rest}`)
      const found = seen(bytes, { lineEnd: '\n', atOnce: Infinity })
      expect(found).toEqual(seen(bytes, { lineEnd: '\n', atOnce: few }))
    }
})
