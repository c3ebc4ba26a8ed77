import { createRequire } from 'node:module'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePipeline } from '../../../../src/core/parse-pipeline.ts'
import { dockerFiles } from '../../../../src/serving/export/docker-files.ts'
import { plainName, type ExportedModel } from '../../../../src/serving/export/exported-model.ts'
import { kserveFiles } from '../../../../src/serving/export/kserve-files.ts'
import { yamlText } from '../../../../src/serving/export/yaml-text.ts'

const { load } = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown }

const model: ExportedModel = {
  name: 'Telco churn_2',
  version: 3,
  inputs: [
    { name: 'tenure', type: 'float64', width: 1 },
    { name: 'label (input)', type: 'string', width: 1 },
  ],
  outputs: [
    { name: 'label', type: 'string', width: 1 },
    { name: 'probabilities', type: 'float32', width: 2 },
  ],
  renamed: { 'label (input)': 'label' },
}

describe('the export for KServe', () => {
  const { files, graphPath } = kserveFiles(model, { storageUri: 's3://bucket/models: x' })

  it('has an InferenceService that asks for ONNX by the second protocol', () => {
    expect(load(files['inference-service.yaml']!)).toMatchObject({
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name: 'telco-churn-2', annotations: { 'pipewright.version': '3' } },
      spec: {
        predictor: {
          model: {
            modelFormat: { name: 'onnx' },
            protocolVersion: 'v2',
            storageUri: 's3://bucket/models: x',
          },
        },
      },
    })
  })

  it('has a repository with the tensors of the graph, under the names that they have in it', () => {
    expect(graphPath).toBe('model-repository/telco-churn-2/3/model.onnx')
    const configuration = files['model-repository/telco-churn-2/config.pbtxt']!
    expect(configuration).toContain('{ name: "tenure", data_type: TYPE_FP64, dims: [ 1 ] }')
    expect(configuration).toContain('{ name: "label (input)", data_type: TYPE_STRING, dims: [ 1 ] }')
    expect(configuration).toContain('{ name: "probabilities", data_type: TYPE_FP32, dims: [ 2 ] }')
    expect(configuration).toContain('versions: [ 3 ]')
    expect(files['README.md']).toContain('`label (input)`: TYPE_STRING, [rows, 1] (the column “label”)')
  })
})

describe('the export for Docker', () => {
  const { files } = dockerFiles(model, { productVersion: '1.2.3', versionOf: () => 1 })

  it('starts a server of a pinned version for all addresses, as a user without rights', () => {
    const lines = files['Dockerfile']!.split('\n')
    expect(lines.find((line) => line.startsWith('FROM'))).toMatch(/^FROM node:\d+\.\d+\.\d+-bookworm-slim$/)
    expect(files['Dockerfile']).toContain('pipewright-1.2.3.tgz')
    expect(lines.indexOf('USER node')).toBeGreaterThan(0)
    const entry = lines.find((line) => line.startsWith('ENTRYPOINT'))!
    expect(JSON.parse(entry.replace('ENTRYPOINT ', ''))).toEqual([
      'pipewright',
      'serve',
      'Telco churn_2:1',
      '--workspace',
      '/srv/model',
      '--host',
      '0.0.0.0',
      '--port',
      '8080',
      '--grpc-port',
      '8081',
    ])
    const check = lines.find((line) => line.startsWith('HEALTHCHECK'))!
    expect(JSON.parse(check.slice(check.indexOf('[')))).toHaveLength(3)
  })

  it('registers the model by a pipeline that opens', () => {
    const { nodes } = parsePipeline(files['register.pipeline.json']!)
    expect(nodes['register']?.params).toMatchObject({ name: 'Telco churn_2' })
  })
})

describe('YAML', () => {
  it('is read as what was written', () => {
    const text = fc.string({ unit: 'grapheme' })
    const { document } = fc.letrec((tie) => ({
      document: fc.oneof(
        { maxDepth: 3 },
        fc.dictionary(
          fc.stringMatching(/^[a-z][a-zA-Z.-]{0,8}$/).filter((key) => !isWord(key)),
          tie('value'),
        ),
        fc.array(tie('value'), { minLength: 1 }),
      ),
      value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), tie('document')),
    }))
    fc.assert(
      fc.property(document, (value) => {
        expect(load(yamlText({ root: value as Parameters<typeof yamlText>[0] }))).toEqual({ root: value })
      }),
      { numRuns: 50 },
    )
  })
})

/** Keys are ours, and none of them is a word that YAML takes for something else. */
const isWord = (key: string): boolean => /^(?:true|false|yes|no|on|off|null|y|n)$/i.test(key)

describe('the name for a cluster', () => {
  it('has small letters, digits and dashes', () => {
    expect(['Telco churn_2', 'ÄÖ', '--a--'].map(plainName)).toEqual(['telco-churn-2', 'model', 'a'])
  })
})
