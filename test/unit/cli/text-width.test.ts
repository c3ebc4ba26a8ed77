import { assert, integer, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipText, harmless, textWidth } from '../../../src/hosts/cli/terminal/text-width.ts'
import { wrapText } from '../../../src/hosts/cli/terminal/wrap-text.ts'

describe('the width of a text', () => {
  it('is that of its letters, not of its bytes or code units', () => {
    expect(textWidth('größe')).toBe(5)
    expect(textWidth('e\u0301')).toBe(1)
    expect(textWidth('表')).toBe(2)
    expect(textWidth('👩‍🔬')).toBe(2)
    expect(textWidth('\u001b[31mred\u001b[39m')).toBe(3)
  })

  it('never exceeds what a text was clipped to', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 0, max: 20 }), (text, width) => {
        const plain = harmless(text)
        const clipped = clipText(plain, width)
        return textWidth(clipped) <= width && (textWidth(plain) > width || clipped === plain)
      }),
    )
  })
})

describe('texts from files', () => {
  it('cannot steer the terminal', () => {
    expect(harmless('a\u001b[2J\u001b]0;title\u0007b\rc\u009bd')).toBe('abcd')
  })

  it('are wrapped between words', () => {
    expect(wrapText('one two three', { width: 9, indent: 2 })).toEqual(['  one two', '  three'])
  })
})
