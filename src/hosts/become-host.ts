import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '../contract/create-client.ts'
import type { Settings } from '../contract/settings-contract.ts'
import type { Budget } from '../engine/budget.ts'
import { createYieldingWorkers } from '../engine/give-way.ts'
import { openEngine, type Engine } from '../engine/open-engine.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { createActiveWork, type ActiveWork } from '../services/active-work.ts'
import { createRouter } from '../services/create-router.ts'
import { createExampleRows } from '../services/example-row.ts'
import { createHappenings } from '../services/happenings.ts'
import { openKeptFiles } from '../services/kept-files.ts'
import { openSelfStarting } from '../services/open-self-starting.ts'
import { createPipelineFiles } from '../services/pipeline-files.ts'
import type { HostServices } from '../services/services.ts'
import { keepSealed } from '../services/secrets/keep-sealed.ts'
import { openSecrets } from '../services/secrets/open-secrets.ts'
import { keepForSession } from '../services/secrets/secret-keeper.ts'
import { openSettings } from '../services/settings-store.ts'
import { openDeployments } from '../serving/deployments/open-deployments.ts'
import { openLogReader } from '../serving/deployments/open-log-reader.ts'
import { openLabelling } from '../monitoring/labelling/open-labelling.ts'
import { openMonitors } from '../monitoring/monitors/open-monitors.ts'
import { artifactFolder } from '../storage/artifact-folders.ts'
import { openWorkspace, type Workspace } from '../storage/open-workspace.ts'
import { storageError } from '../storage/errors.ts'
import type { LockHolder } from '../storage/workspace-lock.ts'
import { workspacePaths, type WorkspacePaths } from '../storage/workspace-paths.ts'
import type { Composition } from './composition.ts'
import { tokenFileOf, type CloseOptions, type Host } from './host.ts'
import { openLog, removeOldLogs, type Log } from './log.ts'
import { openHostAlerts } from './open-host-alerts.ts'
import { openViewers } from '../viewing/open-viewers.ts'
import { openSketchAhead } from '../viewing/sketch-ahead.ts'
import { sketchFile } from '../viewing/sketch-file.ts'
import { createContractServer, type ContractServer } from './transport/contract-server.ts'
import { inProcessLink } from './transport/in-process-link.ts'
import { createPortPair } from './transport/port.ts'
import { listenOnSocket, type SocketListener } from './transport/listen-on-socket.ts'
import { version } from './version.ts'
import { workerEnvironment } from './worker-environment.ts'

/** A client that asks for nothing this long is not waited for. */
const idleMs = 1_000
/** How long clients may take to hear that their work was cancelled. */
const farewellMs = 3_000
const pollMs = 50
const settleMs = 200

export interface HostOptions {
  folder: string
  composition: Composition
  /** Lets other processes attach: for work that takes a while. */
  shared: boolean
  /** Gives up waiting for a workspace that is in use. */
  signal: AbortSignal
}

/** Takes the workspace and serves the contract on its socket, unless another process holds it. */
export async function becomeHost(options: HostOptions): Promise<Host | { heldBy: LockHolder }> {
  const opened = await openFolder(options.folder)
  if ('heldBy' in opened) return opened
  try {
    return await serveWorkspace(opened.workspace, options)
  } catch (error) {
    opened.workspace.close()
    throw error
  }
}

async function openFolder(folder: string): ReturnType<typeof openWorkspace> {
  try {
    return await openWorkspace(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error
    const values = { file: workspacePaths(folder).root, problem: reasonOfFailure(error) }
    throw storageError('unwritable', values, { cause: error })
  }
}

async function serveWorkspace(workspace: Workspace, { composition, shared }: HostOptions): Promise<Host> {
  const { paths } = workspace
  const log = openLog(paths.logs)
  const settings = openSettings()
  const startedWith = settings.read()
  const environment = workerEnvironment(startedWith)
  const seal = composition.seal()
  const secrets = openSecrets(seal ? keepSealed(seal) : keepForSession())
  const [definitions, fingerprints, spawnWorker, spawnViewer, spawnServer] = await Promise.all([
    composition.definitions(),
    composition.fingerprints(),
    composition.spawnWorker(environment),
    composition.spawnViewer(environment),
    composition.spawnServer(environment),
  ])
  const workers = createYieldingWorkers(spawnWorker)
  const engine = openEngine({
    workspace,
    definitions,
    fingerprints,
    spawnWorker: workers.spawn,
    budget: budgetOf(startedWith),
    readSecret: (name) => secrets.read(name),
  })
  const { viewer, background, passing } = openViewers({
    spawn: spawnViewer,
    paths,
    onDefect: (details, method) => log.error(new Error(details), method),
  })
  const sketches = openSketchAhead({
    viewer: background,
    cores: engine.spareCores,
    isMade: (table) => existsSync(join(artifactFolder(paths.artifacts, table), sketchFile)),
  })
  const onDefect = (error: unknown, during: string): void => log.error(error, during)
  const happenings = createHappenings()
  const deployments = openDeployments({
    workspace,
    spawnServer,
    reference: (artifact, limit) => passing.call('model.reference', { artifact, limit }),
    cores: startedWith.cores ?? availableParallelism(),
    gauges: (name) => [...monitors.gauges(name), ...alerts.gauges(name)],
    onState: ({ name, state }) =>
      happenings.tell({ event: 'deployment-changed', at: Date.now(), name, state }),
    onDefect,
  })
  const monitors = openMonitors({
    workspace,
    deployments,
    sample: (request) => passing.call('model.sample', request),
    onDefect,
  })
  const selfStarting = openSelfStarting({
    workspace,
    engine,
    deployments,
    monitors,
    services: () => ({ definitions, host: services }),
    challenge: (request, signal) => passing.call('model.challenge', request, signal),
    onDefect,
  })
  const predictionLogs = openLogReader(workspace, onDefect)
  const labelling = openLabelling({ workspace, predictionLogs, onDefect })
  const alerts = openHostAlerts({
    workspace,
    monitors,
    deployments,
    secrets,
    happenings,
    environment,
    onDefect,
  })
  const work = createActiveWork()
  const openedFolders = new Set<string>()
  const services: HostServices = {
    workspace,
    engine,
    work,
    viewer,
    sketches,
    deployments,
    monitors,
    selfStarting,
    alerts,
    exampleRow: createExampleRows(passing),
    predictionLogs,
    labelling,
    happenings,
    files: createPipelineFiles(),
    kept: openKeptFiles(paths.root),
    settings,
    secrets,
    startedWith,
    openedFolders,
    writeCard: async (reference) => (await import('./model-card/write-card.ts')).writeCard(client, reference),
    reportPage: async (title, report) =>
      (await import('../../nodes/report-pages/report-page.ts')).reportPage(title, report),
    templateFolder: composition.templates,
    version,
  }
  const router = createRouter({ definitions, host: services })
  const server = createContractServer({ router, onDefect: (error, operation) => log.error(error, operation) })
  const own = inProcessLink(server)
  const client = createClient(own)
  const listener = shared ? await listen(server, { paths, log }) : null
  return {
    client,
    openPort: async () => {
      // Somebody is about to look at tables: what shows them takes a moment to start.
      viewer.warm()
      sketches.start()
      workers.yieldToWindow()
      const [ours, theirs] = createPortPair()
      server.serve(theirs)
      return ours
    },
    openedFolders,
    gone: new Promise(() => {}),
    role: 'host',
    hostPid: process.pid,
    paths,
    log,
    async close(options = {}) {
      // What this process alone asked for, and did not hear to the end, is not for others.
      own.close()
      const stopped = selfStarting.close()
      await waitForOthers({ work, engine, listener, ...options })
      listener?.stopListening()
      for (const connection of listener?.connections ?? []) connection.close()
      await alerts.close()
      await monitors.close()
      await deployments.close()
      await labelling.close()
      await predictionLogs.close()
      viewer.close()
      passing.close()
      sketches.close()
      await engine.close()
      await stopped
      removeOldLogs(paths.logs)
      workspace.close()
    },
  }
}

function budgetOf({ cores, memoryMb }: Settings): Partial<Budget> {
  return { ...(cores !== null && { cores }), ...(memoryMb !== null && { memoryMb }) }
}

async function listen(
  server: ContractServer,
  { paths, log }: { paths: WorkspacePaths; log: Log },
): Promise<SocketListener | null> {
  try {
    return await listenOnSocket({ server, socket: paths.socket, tokenFile: tokenFileOf(paths) })
  } catch (error) {
    // Some file systems have no sockets: then nobody can attach, but this process can work.
    log.error(error, 'listening on the local socket')
    return null
  }
}

async function waitForOthers(
  options: { work: ActiveWork; engine: Engine; listener: SocketListener | null } & CloseOptions,
): Promise<void> {
  const { work, engine, listener, onWait, hurry } = options
  const busyClients = (): number =>
    [...(listener?.connections ?? [])].filter(
      ({ pending, lastUsed }) => pending > 0 || Date.now() - lastUsed < idleMs,
    ).length
  const isBusy = (): boolean => work.count > 0 || busyClients() > 0
  const isHurried = (): boolean => hurry?.aborted === true
  // Our own work, whose end we have seen, settles in a moment.
  await Promise.race([work.settled(), sleep(settleMs)])
  let isTold = false
  while (isBusy() && !isHurried()) {
    const clients = [...(listener?.connections ?? [])].filter(({ pending }) => pending > 0).length
    if (!isTold && (work.count > 0 || clients > 0)) {
      isTold = true
      onWait?.({ jobs: work.count, clients })
    }
    await sleep(pollMs)
  }
  if (!isHurried()) return
  listener?.stopListening()
  await engine.close()
  const until = Date.now() + farewellMs
  while (busyClients() > 0 && Date.now() < until) await sleep(pollMs)
}
