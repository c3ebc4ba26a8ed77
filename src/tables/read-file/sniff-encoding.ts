import { isUtf8 } from 'node:buffer'
import type { TextEncoding } from './read-options.ts'

/**
 * The encoding of a text file from its first bytes: a byte order mark; else UTF-16 where every other byte is zero;
 * else UTF-8 where the bytes are valid or nearly so; else windows-1252, of which Latin-1 is a part.
 */
export function sniffEncoding(head: Buffer): TextEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return sniffUtf16(head) ?? (isMostlyUtf8(head) ? 'utf-8' : 'windows-1252')
}

function sniffUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = head.length >> 1
  if (pairs < 2) return null
  let evenZeros = 0
  let oddZeros = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (head[at] === 0) evenZeros++
    if (head[at + 1] === 0) oddZeros++
  }
  if (oddZeros > 0.4 * pairs && evenZeros < 0.05 * pairs) return 'utf-16le'
  if (evenZeros > 0.4 * pairs && oddZeros < 0.05 * pairs) return 'utf-16be'
  return null
}

/** Texts of one-byte encodings hardly ever look like UTF-8, so a few broken bytes among many good ones are damage. */
function isMostlyUtf8(head: Buffer): boolean {
  if (isUtf8(head)) return true
  let valid = 0
  let broken = 0
  for (let at = 0; at < head.length;) {
    const first = head[at]!
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
    if (length > 0 && at + length > head.length) break
    if (length > 0 && isUtf8(head.subarray(at, at + length))) {
      if (length > 1) valid++
      at += length
    } else {
      broken++
      at++
    }
  }
  return broken === 0 || valid > 10 * broken
}
