/** The bytes of a text in an encoding; with a byte order mark in UTF-16. */
export function encodeText(
  text: string,
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1' | 'windows-1252',
): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le')
    case 'utf-16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
    case 'latin-1':
      return Buffer.from(text, 'latin1')
    case 'windows-1252':
      return Buffer.from(
        text.replaceAll('€', '\x80').replaceAll('“', '\x93').replaceAll('”', '\x94'),
        'latin1',
      )
  }
}
