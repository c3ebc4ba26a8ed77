/** What a key press was; the part of a DOM event that counts. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether a key press is the combination, such as `mod+shift+z` (mod: Ctrl, or ⌘ on a Mac). */
export function matchKeys(press: KeyPress, combination: string): boolean {
  const parts = combination === 'mod++' ? ['mod', '+'] : combination.split('+')
  const key = parts.at(-1)!
  const wantsMod = parts.includes('mod')
  const wantsAlt = parts.includes('alt')
  if (wantsMod !== (press.ctrlKey || press.metaKey) || wantsAlt !== press.altKey) return false
  const pressed = press.key.toLowerCase()
  // A sign such as “?” says itself whether Shift was needed for it.
  if (key.length === 1 && !/[a-z0-9]/.test(key)) return pressed === key
  if (parts.includes('shift') !== press.shiftKey) return false
  return pressed === key || (/\d/.test(key) && press.shiftKey && shiftedDigits[key] === pressed)
}

/** What Shift makes of the digits that are used here, on keyboards where it makes something else of them. */
const shiftedDigits: Readonly<Record<string, string>> = { '1': '!', '2': '@' }
