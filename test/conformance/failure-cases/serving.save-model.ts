import type { FailureCase } from './failure-case.ts'

const inputs = { model: { from: 'training.logistic-regression', output: 'model' } }

export const servingSaveModelFailures: readonly FailureCase[] = [
  {
    code: 'serving.save-model.not-a-package',
    example: { params: { path: 'other/things' }, inputs, files: { 'other/things/notes.txt': 'Mine.\n' } },
    says: /something else than a model package at “.*things”/,
    param: 'path',
  },
  {
    code: 'serving.save-model.cannot-write',
    example: { params: { path: 'a-file.txt/model' }, inputs, files: { 'a-file.txt': 'Not a folder.\n' } },
    says: /“.*a-file\.txt.model” cannot be written: a part of its path is a file\.$/,
    param: 'path',
  },
]
