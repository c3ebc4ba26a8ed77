import { plainName, type ExportedFiles, type ExportedModel, type ExportedTensor } from './exported-model.ts'
import { yamlText } from './yaml-text.ts'

const mostRows = 4096

/**
 * A model repository as Triton and KServe read it, without the graph itself (which belongs at `graphPath`), and an
 * InferenceService that serves it by the Open Inference Protocol.
 */
export function kserveFiles(
  model: ExportedModel,
  { storageUri }: { storageUri: string },
): { files: ExportedFiles; graphPath: string } {
  const name = plainName(model.name)
  return {
    graphPath: `model-repository/${name}/${model.version}/model.onnx`,
    files: {
      [`model-repository/${name}/config.pbtxt`]: configurationText(name, model),
      'inference-service.yaml': inferenceService(name, model, storageUri),
      'README.md': readme(name, model, storageUri),
    },
  }
}

function configurationText(name: string, { version, inputs, outputs }: ExportedModel): string {
  return [
    `name: ${JSON.stringify(name)}`,
    'platform: "onnxruntime_onnx"',
    `max_batch_size: ${mostRows}`,
    `input [\n${inputs.map(tensorText).join(',\n')}\n]`,
    `output [\n${outputs.map(tensorText).join(',\n')}\n]`,
    `version_policy: { specific { versions: [ ${version} ] } }`,
    'instance_group [ { kind: KIND_CPU, count: 1 } ]',
    // One thread each, as here: sums have one order then. It scales by replicas.
    'parameters { key: "intra_op_thread_count" value: { string_value: "1" } }',
    'parameters { key: "inter_op_thread_count" value: { string_value: "1" } }',
    'dynamic_batching { }',
    '',
  ].join('\n')
}

function tensorText({ name, type, width }: ExportedTensor): string {
  return `  { name: ${JSON.stringify(name)}, data_type: ${types[type]}, dims: [ ${width} ] }`
}

const types = { float32: 'TYPE_FP32', float64: 'TYPE_FP64', string: 'TYPE_STRING' } as const

function inferenceService(name: string, model: ExportedModel, storageUri: string): string {
  const resources = { cpu: '1', memory: '1Gi' }
  return yamlText({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: {
      name,
      annotations: {
        'pipewright.model': model.name,
        'pipewright.version': String(model.version),
      },
    },
    spec: {
      predictor: {
        minReplicas: 1,
        maxReplicas: 4,
        model: {
          modelFormat: { name: 'onnx' },
          protocolVersion: 'v2',
          runtime: 'kserve-tritonserver',
          storageUri,
          resources: { requests: resources, limits: resources },
        },
      },
    },
  })
}

function readme(
  name: string,
  { name: model, version, inputs, renamed }: ExportedModel,
  storageUri: string,
): string {
  const tensors = inputs.map((input) => {
    const column = Object.hasOwn(renamed, input.name) ? ` (the column “${renamed[input.name]}”)` : ''
    return `- \`${input.name}\`: ${types[input.type]}, [rows, 1]${column}`
  })
  return `# ${model}, version ${version}, for KServe

1. Put the content of \`model-repository\` to \`${storageUri}\`.
2. \`kubectl apply -f inference-service.yaml\`

It answers at \`/v2/models/${name}/infer\`. Triton has to have ONNX Runtime with ai.onnx.ml 5 (its TreeEnsemble):
\`runtime\` in the manifest may name another serving runtime that has.

The graph takes typed columns. What Pipewright's own server does before it, callers do here: texts are read by the rules
of the columns, a number or date that is not there is NaN, a text that is not there is empty, true and false are 1
and 0, and dates are milliseconds since 1970 (UTC).

${tensors.join('\n')}
`
}
