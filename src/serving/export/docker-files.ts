import { formatPipeline } from '../../core/format-pipeline.ts'
import type { Pipeline } from '../../core/pipeline.ts'
import { plainName, type ExportedFiles, type ExportedModel } from './exported-model.ts'

/** The Node that Pipewright is tested with. */
const nodeImage = 'node:24.21.0-bookworm-slim'
const ports = { http: 8080, grpc: 8081 }
/** The registry of the image has this model alone. */
const versionInImage = 1

/**
 * What an image needs that answers with a model and nothing else; the package of the model belongs at `packagePath`.
 * The model is taken in and held against its hashes while the image is built.
 */
export function dockerFiles(
  model: ExportedModel,
  { productVersion, versionOf }: { productVersion: string; versionOf: (type: string) => number },
): { files: ExportedFiles; packagePath: string } {
  const tarball = `pipewright-${productVersion}.tgz`
  return {
    packagePath: 'model',
    files: {
      Dockerfile: dockerfile(model, tarball),
      '.dockerignore': '*\n!model\n!register.pipeline.json\n!pipewright-*.tgz\n',
      'register.pipeline.json': formatPipeline(registerPipeline(model, versionOf)),
      'README.md': readme(model, tarball),
    },
  }
}

function dockerfile({ name, version }: ExportedModel, tarball: string): string {
  const check = `fetch('http://127.0.0.1:${ports.http}/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`
  const command = ['pipewright', 'serve', `${name}:${versionInImage}`, '--workspace', '/srv/model']
  const listening = ['--host', '0.0.0.0', '--port', String(ports.http), '--grpc-port', String(ports.grpc)]
  return `# ${name}, version ${version}
FROM ${nodeImage}

COPY ${tarball} /tmp/
RUN npm install --global --omit=dev --onnxruntime-node-install=skip --no-audit --no-fund /tmp/${tarball} \\
  && rm -r /tmp/${tarball} /root/.npm

WORKDIR /srv/model
COPY model ./model
COPY register.pipeline.json ./
RUN pipewright run register.pipeline.json \\
  && mkdir -p .pipewright/deployments \\
  && chown -R node:node /srv/model

USER node
# The predictions that it answered; a volume, where they should outlive the container.
VOLUME /srv/model/.pipewright/deployments
EXPOSE ${ports.http} ${ports.grpc}
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ${JSON.stringify(['node', '-e', check])}
# PIPEWRIGHT_TOKEN has to be given: it asks every caller for it.
ENTRYPOINT ${JSON.stringify([...command, ...listening])}
`
}

function registerPipeline({ name, version }: ExportedModel, versionOf: (type: string) => number): Pipeline {
  return {
    format: 1,
    id: 'register-model',
    name: `Register ${name}, version ${version}`,
    seed: 0,
    parameters: {},
    nodes: {
      load: {
        type: 'serving.load-model',
        version: versionOf('serving.load-model'),
        params: { path: 'model' },
      },
      register: {
        type: 'serving.register',
        version: versionOf('serving.register'),
        params: { name, description: `${name}:${version}, exported for a container` },
      },
    },
    edges: ['load.model -> register.model'],
    layout: {},
  }
}

function readme({ name, version }: ExportedModel, tarball: string): string {
  const tag = `${plainName(name)}:${version}`
  return `# ${name}, version ${version}, as a container

1. Put \`${tarball}\` here: \`npm pack\` makes it in the folder of Pipewright.
2. \`docker build -t ${tag} .\`
3. \`docker run -e PIPEWRIGHT_TOKEN=$(openssl rand -hex 32) -p ${ports.http}:${ports.http} -p ${ports.grpc}:${ports.grpc} ${tag}\`

It answers at \`http://localhost:${ports.http}/predict\` and by all other protocols of Pipewright's model server; callers
send \`Authorization: Bearer …\`. Probes ask \`/healthz\` and \`/readyz\`, without a token.

Replicas share nothing: any number of them may stand behind any load balancer. In its answers the version is
${versionInImage}, the only one that the image has.
`
}
