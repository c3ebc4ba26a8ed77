import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookedUpCopier } from '../../../src/recipe/copy-looked-up.ts'

const value = fc.constantFrom(0, 0, 0, -0, 1, -2.5, 1e-60, Number.NaN, Number.POSITIVE_INFINITY)

test('copies what texts became bit by bit, also when the list grows or another takes its place', () => {
  const lists = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      lists: fc.array(
        fc.integer({ min: 1, max: 5 }).chain((texts) =>
          fc.record({
            values: fc.array(value, { minLength: texts * width, maxLength: texts * width }),
            places: fc.array(fc.nat({ max: texts - 1 }), { maxLength: 6 }),
          }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  )
  fc.assert(
    fc.property(lists, fc.nat({ max: 2 }), fc.nat({ max: 2 }), ({ width, lists }, offset, behind) => {
      const copy = lookedUpCopier()
      const stride = offset + width + behind
      for (const list of lists) {
        const values = new Float64Array(list.values)
        const to = new Float32Array(list.places.length * stride)
        copy({ places: new Uint32Array(list.places), values, width }, to, { offset, stride })
        const wanted = list.places.flatMap((place) =>
          Array<number>(offset)
            .fill(0)
            .concat(list.values.slice(place * width, (place + 1) * width), Array<number>(behind).fill(0)),
        )
        expect(new Uint8Array(to.buffer)).toEqual(new Uint8Array(new Float32Array(wanted).buffer))
      }
    }),
  )
})

test('knows texts that came into the room of a list later', () => {
  const copy = lookedUpCopier()
  const values = new Float64Array(4)
  values.set([0, 1])
  const place = { offset: 0, stride: 2 }
  copy({ places: Uint32Array.of(0), values, width: 2 }, new Float32Array(2), place)
  values.set([3, 4], 2)
  const to = new Float32Array(4)
  copy({ places: Uint32Array.of(1, 0), values, width: 2 }, to, place)
  expect([...to]).toEqual([3, 4, 0, 1])
})
