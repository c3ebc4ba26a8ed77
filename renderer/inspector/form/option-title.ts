import { metricTitle } from '../../results/format-amounts.ts'
import { titleOf, type Scalar } from './field-model.ts'

const marks: Readonly<Record<string, string>> = {
  ',': 'Comma  ,',
  '.': 'Point  .',
  ' ': 'Space',
  "'": "Apostrophe  '",
  _: 'Underscore  _',
  tensorflow: 'TensorFlow',
}

const acronyms: ReadonlySet<string> = new Set([
  'csv',
  'tsv',
  'json',
  'iqr',
  'mad',
  'tf-idf',
  'l1',
  'l2',
  'pca',
  'onnx',
  'tpe',
])

/** An option in words: `most-frequent` → “Most frequent”. */
export function optionTitle(option: Scalar): string {
  if (typeof option === 'boolean') return option ? 'Yes' : 'No'
  if (typeof option !== 'string') return String(option)
  if (acronyms.has(option)) return option.toUpperCase()
  if (/^(?:[a-z]+_)*(?:f1|r2|auc|rmse|mae|mape|[a-z]+_[a-z]+)$/.test(option)) return metricTitle(option)
  return marks[option] ?? (/^[a-z][a-z-]*$/.test(option) ? titleOf(option) : option)
}
