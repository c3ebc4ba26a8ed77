import { titleOf, type Scalar } from './field-model.ts'

const marks: Readonly<Record<string, string>> = {
  ',': 'Comma  ,',
  '.': 'Point  .',
  ' ': 'Space',
  "'": "Apostrophe  '",
  _: 'Underscore  _',
}

/** An option in words: `most-frequent` → “Most frequent”. */
export function optionTitle(option: Scalar): string {
  if (typeof option === 'boolean') return option ? 'Yes' : 'No'
  if (typeof option !== 'string') return String(option)
  return marks[option] ?? (/^[a-z][a-z-]*$/.test(option) ? titleOf(option) : option)
}
