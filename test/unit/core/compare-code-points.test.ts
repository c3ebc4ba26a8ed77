import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareCodePoints } from '../../../src/core/compare-code-points.ts'

it('orders texts as their UTF-8 bytes are ordered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
    {
      numRuns: 2000,
      examples: [
        ['\ufb01', '\u{1f600}'],
        ['a\u{1f600}', 'a'],
        ['', ''],
      ],
    },
  )
})
