import type { Client } from '../../../contract/create-client.ts'
import type { StepInfo } from '../../../contract/runs-contract.ts'
import type { TestCase } from '../../../contract/test-case.ts'
import { deploymentNameOf } from '../../../core/deployment-name.ts'
import { endpointCheckSchema, type EndpointCheck } from '../../../core/endpoint-check.ts'
import { parsePipeline } from '../../../core/parse-pipeline.ts'
import type { Pipeline } from '../../../core/pipeline.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceOfFile } from '../find-workspace.ts'
import { parseParameters } from '../parse-parameters.ts'
import { printFindings } from '../print-findings.ts'
import type { TestOptions } from '../program/options.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { resolvePathParameters } from '../resolve-path-parameters.ts'
import { junitXml } from '../testing/junit-xml.ts'
import { printCases } from '../testing/print-cases.ts'
import { skippedEndpoint, testEndpoint } from '../testing/test-endpoint.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import { withHost } from '../with-host.ts'
import { writeResult } from '../write-result.ts'

/** Runs a pipeline and holds it against its tests. */
export async function test(
  context: CommandContext,
  options: TestOptions & { file: string },
): Promise<ExitCode> {
  context.file = options.file
  const { cwd, output, interrupts } = context
  const document = await readPipelineFile(options.file, cwd)
  const given = parseParameters(options.param)
  const parameters = resolvePathParameters(given, { document, cwd })
  const folder = workspaceOfFile({ file: document.path, named: options.workspace, cwd })
  return withHost(context, { folder, shared: true, runsSteps: true }, async ({ client }) => {
    const waiting = options.json ? undefined : showWaiting(output, { what: 'Running', kept: false })
    try {
      const request = { document, parameters, trust: options.trust, tied: true }
      const started = await client.runs.start(request)
      if (started.outcome === 'refused') {
        waiting?.done()
        printFindings(started.findings, { output, document, file: options.file })
        return exitCodes.badUsage
      }
      if ((await endOf(client, { run: started.run, signal: interrupts.first })) === 'cancelled')
        return exitCodes.cancelled
      const pipeline = parsePipeline(document.text)
      const { cases } = await client.runs.tests({ run: started.run })
      const endpoints = options.endpoints ? endpointChecks(pipeline) : []
      const { steps } = await client.runs.get({ run: started.run })
      for (const [index, check] of endpoints.entries()) {
        const unmade = unmadeBy(pipeline, { model: check.model, steps })
        if (unmade !== null) {
          cases.push(
            skippedEndpoint(check, `“${unmade}” did not come to its end, so this run has not made it.`),
          )
          continue
        }
        const name = deploymentNameOf(`test-${index + 1}-${started.run}`)
        cases.push(...(await testEndpoint(client, check, { name, signal: interrupts.first })))
      }
      waiting?.done()
      return await conclude(context, { cases, options, name: pipeline.name, run: started.run })
    } finally {
      waiting?.done()
    }
  })
}

/** What the file asks for, and that each endpoint which it wishes for answers as it must. */
function endpointChecks({ checks = [], nodes }: Pipeline): EndpointCheck[] {
  const named = checks.flatMap((check) => {
    const read = endpointCheckSchema.safeParse(check)
    return read.success ? [read.data.params] : []
  })
  const wished = Object.values(nodes).flatMap(({ type, params, disabled }) =>
    type === 'serving.endpoint' && disabled !== true && typeof params['model'] === 'string'
      ? [params['model']]
      : [],
  )
  const others = new Set(wished.filter((model) => named.every((check) => check.model !== model)))
  return [...named, ...[...others].map((model) => endpointCheckSchema.shape.params.parse({ model }))]
}

/** The node that was to register the model in this run, and did not; null where there is none. */
function unmadeBy(
  { nodes }: Pipeline,
  { model, steps }: { model: string; steps: readonly StepInfo[] },
): string | null {
  const [name] = model.split(/[@:]/)
  const registers = Object.entries(nodes).filter(
    ([, { type, params, disabled }]) =>
      type === 'serving.register' && disabled !== true && params['name'] === name,
  )
  const unfinished = registers.find(([id]) => {
    const state = steps.find(({ node }) => node === id)?.state
    return state !== 'done' && state !== 'cached'
  })
  return unfinished?.[0] ?? null
}

/** The first interrupt cancels the run. */
async function endOf(
  client: Client,
  { run, signal }: { run: string; signal: AbortSignal },
): Promise<'done' | 'failed' | 'cancelled'> {
  const cancel = (): void => void client.runs.cancel({ run }).catch(() => {})
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    for await (const event of await client.runs.events({ run, after: 0 }))
      if (event.event === 'run-finished') return event.status
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  throw new TypeError(`the events of run ${run} ended before it`)
}

async function conclude(
  { output, cwd }: CommandContext,
  result: { cases: readonly TestCase[]; options: TestOptions; name: string; run: string },
): Promise<ExitCode> {
  const { cases, options, name, run } = result
  if (options.junit !== undefined) await writeResult(options.junit, { cwd, text: junitXml(name, cases) })
  const passed = cases.every(({ outcome }) => outcome !== 'failed')
  if (options.json) output.json({ run, passed, cases })
  else printCases(cases, { output, run })
  return passed ? exitCodes.done : exitCodes.failed
}
