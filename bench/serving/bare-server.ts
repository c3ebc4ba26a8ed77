import { readFile } from 'node:fs/promises'
import fastify from 'fastify'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/*
 * The limit to aim at: nothing but Fastify and ONNX Runtime around the same model. A schema checks types, rows that come
 * together run together; no ids, no log, no metrics, no rules of access. node bare-server.ts MODEL.onnx PORT
 */

interface Waiting {
  row: Record<string, number | string | null>
  answer: (chance: number) => void
}

const [modelPath, port] = process.argv.slice(2)
const session = await InferenceSession.create(await readFile(modelPath!), {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
})
const inputs = session.inputMetadata.map((input) => ({
  name: input.name,
  type: input.isTensor ? input.type : '',
}))
let waiting: Waiting[] = []

async function run(): Promise<void> {
  const batch = waiting
  waiting = []
  const shape = [batch.length, 1]
  const feeds = Object.fromEntries(
    inputs.map(({ name, type }) => [
      name,
      type === 'string'
        ? new Tensor(
            'string',
            batch.map(({ row }) => (row[name] as string | null) ?? ''),
            shape,
          )
        : new Tensor(
            'float64',
            Float64Array.from(batch, ({ row }) => (row[name] as number | null) ?? NaN),
            shape,
          ),
    ]),
  )
  const { probabilities } = await session.run(feeds, ['probabilities'])
  for (const [index, { answer }] of batch.entries()) answer(Number(probabilities!.data[index * 2 + 1]))
}

const server = fastify({ logger: false })
const properties = Object.fromEntries(
  inputs.map(({ name, type }) => [name, { type: [type === 'string' ? 'string' : 'number', 'null'] }]),
)
const answer = {
  type: 'object',
  properties: { prediction: { type: 'integer' }, probability: { type: 'number' } },
}
server.post(
  '/predict',
  { schema: { body: { type: 'object', properties }, response: { 200: answer } } },
  (request) =>
    new Promise((resolve) => {
      waiting.push({
        row: request.body as Waiting['row'],
        answer: (probability) => resolve({ prediction: probability >= 0.5 ? 1 : 0, probability }),
      })
      if (waiting.length === 1) setImmediate(() => void run())
    }),
)
await server.listen({ port: Number(port), host: '127.0.0.1' })
