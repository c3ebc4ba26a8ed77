import { exampleOnnx } from '../../../nodes/serving/import-model/example-onnx.ts'
import type { FailureCase } from './failure-case.ts'

const params = { path: 'leaving.onnx', columns: ['months', 'plan'], labels: ['no', 'yes'] }
const caseOf = (more: object, inputs: FailureCase['example']['inputs'] = {}): FailureCase['example'] => ({
  params: { ...params, ...more },
  inputs,
  files: exampleOnnx,
})

export const servingImportModelFailures: readonly FailureCase[] = [
  {
    code: 'serving.import-model.unreadable',
    example: { ...caseOf({ path: 'folder' }), files: { 'folder/notes.txt': 'Mine.\n' } },
    says: /^The file “.*folder” cannot be read: /,
    param: 'path',
  },
  {
    code: 'serving.import-model.unknown-positive',
    example: caseOf({ positive: 'perhaps' }),
    says: /“perhaps” is none of the classes “no”, “yes”/,
    param: 'positive',
  },
  {
    code: 'serving.import-model.reference-columns',
    example: caseOf({}, { reference: { csv: 'months\n1\n' } }),
    says: /lacks the columns “plan”/,
  },
  {
    code: 'serving.import-model.reference-types',
    example: caseOf({}, { reference: { csv: 'months,plan\n1,basic\n2,plus\n' } }),
    says: /“plan” of the reference table is text/,
  },
]
