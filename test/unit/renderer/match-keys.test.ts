import { describe, expect, it } from 'vitest'
import { matchKeys, type KeyPress } from '../../../renderer/commands/match-keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('combinations of keys', () => {
  it.each([
    ['mod+z', press('z', { ctrlKey: true }), true],
    ['mod+z', press('z', { metaKey: true }), true],
    ['mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false],
    ['mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), true],
    ['a', press('a'), true],
    ['a', press('a', { ctrlKey: true }), false],
    ['?', press('?', { shiftKey: true }), true],
    ['shift+1', press('!', { shiftKey: true }), true],
    ['shift+1', press('1', { shiftKey: true }), true],
    ['mod+=', press('=', { ctrlKey: true }), true],
    ['mod++', press('+', { ctrlKey: true, shiftKey: true }), true],
    ['delete', press('Delete'), true],
    ['alt+arrowleft', press('ArrowLeft', { altKey: true }), true],
    ['alt+arrowleft', press('ArrowLeft'), false],
  ] as const)('%s and what was pressed', (combination, pressed, expected) => {
    expect(matchKeys(pressed, combination)).toBe(expected)
  })
})
