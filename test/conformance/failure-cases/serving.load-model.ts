import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { examplePackage } from '../../../nodes/serving/load-model/example-package.ts'
import type { ModelPackage } from '../../../src/core/model-package.ts'
import type { FailureCase } from './failure-case.ts'

const caseOf = (files: FailureCase['example']['files']) => ({
  params: { path: 'leaving' },
  inputs: {},
  files: { ...examplePackage, ...files },
})

const sha256 = (...parts: readonly (string | Buffer)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

/** A package with another column in its signature, and hashes that say that this is right. */
function misfit(): FailureCase['example']['files'] {
  const index = JSON.parse(examplePackage['leaving/model.json']) as ModelPackage
  const [input] = index.model.signature.inputs
  const signature = { ...index.model.signature, inputs: [{ ...input!, name: 'years' }] }
  const model = { ...index.model, signature }
  const text = `${canonicalJson(signature)}\n`
  const graph = Buffer.from(examplePackage['leaving/model.onnx'].base64, 'base64')
  const files = { ...index.files, 'signature.json': { sha256: sha256(text), sizeBytes: text.length } }
  const changed: ModelPackage = { ...index, hash: sha256(graph, canonicalJson(model)), model, files }
  return { 'leaving/signature.json': text, 'leaving/model.json': JSON.stringify(changed) }
}

export const servingLoadModelFailures: readonly FailureCase[] = [
  {
    code: 'serving.load-model.not-a-package',
    example: caseOf({ 'leaving/model.json': '{"format":2}' }),
    says: /“.*leaving” holds no model package .*“model\.json” is not of the form/,
    param: 'path',
  },
  {
    code: 'serving.load-model.damaged',
    example: caseOf({ 'leaving/sketch.json': '{"rows":5,"columns":[]}\n' }),
    says: /^The file “sketch\.json” of the model package “.*leaving” is not as it was written\.$/,
    param: 'path',
  },
  {
    code: 'serving.load-model.misfit',
    example: caseOf(misfit()),
    says: /does not fit its signature: it does not take “years”\.$/,
    param: 'path',
  },
]
