import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command, Option } from 'commander'
import { workspacePaths } from '../../../storage/workspace-paths.ts'
import { isPrediction } from '../../../services/prediction-id.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import { shells } from './completion.ts'

/** What a shell offers for file names by itself. */
const files = ':files'

/** Candidates for the last of the words, one a line. Whatever goes wrong, a shell is not told. */
export async function complete(
  context: CommandContext,
  { words, program }: { words: readonly string[]; program: Command },
): Promise<ExitCode> {
  const last = words.at(-1) ?? ''
  try {
    const candidates = await candidatesFor(context, { words, program })
    const fitting = candidates.filter((each) => each === files || each.startsWith(last))
    context.output.lines(fitting)
  } catch {
    return exitCodes.done
  }
  return exitCodes.done
}

async function candidatesFor(
  context: CommandContext,
  { words, program }: { words: readonly string[]; program: Command },
): Promise<readonly string[]> {
  const last = words.at(-1) ?? ''
  const line = readLine(words.slice(0, -1), program)
  if (line.waiting) return valuesOf(line.waiting, { context, line })
  if (last.startsWith('-')) return optionsOf(line.command)
  const subcommands = line.command.commands.filter((each) => each.name() !== 'complete')
  if (subcommands.length > 0 && line.args.length === 0)
    return [...subcommands.map((each) => each.name()), ...(line.command === program ? ['help'] : [])]
  const argument = line.command.registeredArguments.at(
    Math.min(line.args.length, line.command.registeredArguments.length - 1),
  )
  return argument ? argumentsOf(argument.name(), { context, line }) : []
}

/** The part of a command line that is there already. */
interface Line {
  command: Command
  args: readonly string[]
  options: ReadonlyMap<string, string>
  /** An option whose value comes next. */
  waiting: Option | undefined
}

function readLine(words: readonly string[], program: Command): Line {
  let command = program
  let waiting: Option | undefined
  const args: string[] = []
  const options = new Map<string, string>()
  for (const word of words) {
    if (waiting) {
      options.set(waiting.attributeName(), word)
      waiting = undefined
    } else if (word.startsWith('-')) {
      const option = command.options.find(({ short, long }) => word === short || word === long)
      if (option?.required) waiting = option
    } else {
      const subcommand = args.length === 0 ? command.commands.find((each) => each.name() === word) : undefined
      if (subcommand) command = subcommand
      else args.push(word)
    }
  }
  return { command, args, options, waiting }
}

function optionsOf(command: Command): string[] {
  return [...command.options.map(({ long, short }) => long ?? short ?? ''), '--help']
}

async function valuesOf(
  option: Option,
  { context, line }: { context: CommandContext; line: Line },
): Promise<readonly string[]> {
  switch (option.attributeName()) {
    case 'to':
    case 'from':
      return Object.keys((await documentOf(context, line)).nodes ?? {})
    case 'param':
      return Object.keys((await documentOf(context, line)).parameters ?? {}).map((name) => `${name}=`)
    case 'workspace':
    case 'output':
    case 'rejects':
      return [files]
    default:
      return []
  }
}

async function argumentsOf(
  name: string,
  { context, line }: { context: CommandContext; line: Line },
): Promise<readonly string[]> {
  switch (name) {
    case 'file':
    case 'files':
    case 'data':
      return [files]
    case 'model':
      return modelsOf(context, line)
    case 'run':
    case 'before':
    case 'after':
      return runsOf(context, line)
    case 'nodes':
      return Object.keys((await documentOf(context, line)).nodes ?? {})
    case 'node':
      return nodesOf(context, line)
    case 'type':
      return (await context.composition.definitions()).map(({ id }) => id)
    case 'shell':
      return shells
    default:
      return []
  }
}

/** Only its names are needed, so a file that is half written will do as long as it is JSON. */
async function documentOf(
  { cwd }: CommandContext,
  { args }: Line,
): Promise<{ nodes?: object; parameters?: object }> {
  const [file] = args
  return file === undefined
    ? {}
    : (JSON.parse(await readFile(resolve(cwd, file), 'utf8')) as { nodes?: object; parameters?: object })
}

async function modelsOf(context: CommandContext, line: Line): Promise<string[]> {
  const tracking = await readTracking(context, line)
  try {
    return tracking.models
      .list()
      .flatMap(({ name, aliases }) => [name].concat(Object.keys(aliases).map((alias) => `${name}@${alias}`)))
  } finally {
    tracking.close()
  }
}

async function runsOf(context: CommandContext, line: Line): Promise<string[]> {
  const tracking = await readTracking(context, line)
  try {
    return ['latest', ...tracking.runs.list({ limit: 20 }).map(({ id }) => id)]
  } finally {
    tracking.close()
  }
}

/** Of the run that stands on the line. */
async function nodesOf(context: CommandContext, line: Line): Promise<string[]> {
  const tracking = await readTracking(context, line)
  try {
    const [wanted = 'latest'] = line.args
    const runs = tracking.runs.list({ limit: 100 })
    const run =
      wanted === 'latest'
        ? runs.find((each) => !isPrediction(each))
        : runs.find(({ id }) => id.startsWith(wanted))
    return run ? tracking.steps.ofRun(run.id).map(({ nodeId }) => nodeId) : []
  } finally {
    tracking.close()
  }
}

/** Looks past the host, if there is one: reading does not disturb it. */
async function readTracking({ cwd }: CommandContext, { options }: Line) {
  const { openTracking } = await import('../../../storage/open-tracking.ts')
  const folder = existingWorkspace({ named: options.get('workspace'), cwd })
  return openTracking({ file: workspacePaths(folder).tracking, readonly: true })
}
