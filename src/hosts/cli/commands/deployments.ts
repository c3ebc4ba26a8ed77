import type { DeploymentInfo } from '../../../contract/deployment-info.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ListOptions } from '../program/options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'

export async function listDeployments(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { deployments } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.deployments.list(),
  )
  if (options.json) output.json({ deployments })
  else if (deployments.length === 0)
    output.line('There is no deployment yet. `pipewright serve MODEL` makes one.')
  else {
    const columns = [{ title: 'deployment' }, { title: 'state' }, { title: 'serves' }, { title: 'address' }]
    const rows = deployments.map((each) => [
      each.name,
      stateOf(each),
      each.versions.map(({ reference }) => reference).join(', '),
      each.address ?? '',
    ])
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

export async function showDeployment(
  context: CommandContext,
  options: ListOptions & { name: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { name, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { shown, snippets } = await withHost(context, { folder, shared: false }, async ({ client }) => ({
    shown: await client.deployments.show({ name }),
    snippets: await client.deployments.snippets({ name }),
  }))
  if (json) {
    output.json({ ...shown, snippets })
    return exitCodes.done
  }
  const { deployment, history } = shown
  const { bold } = output.style
  output.line(`${bold(name)}  ${stateOf(deployment)}  ${deployment.address ?? ''}`.trimEnd())
  if (deployment.error) output.lines([deployment.error.message, deployment.error.remedy])
  output.line(`\n${bold('Versions')}`)
  const columns = [{ title: '  serves' }, { title: 'version' }, { title: 'as' }, { title: 'verified' }]
  const rows = deployment.versions.map(({ reference, model, version, role, verification, isRolledBack }) => [
    `  ${reference}`,
    model === null ? '' : `${model}:${version}`,
    isRolledBack ? `${role}, rolled back` : role,
    verification.state === 'verified' ? `${verification.rows} rows` : verification.state,
  ])
  output.lines(formatTable({ columns, rows, width: output.width }))
  output.line(`\n${bold('History')}`)
  for (const { at, what, note } of history.slice(0, 10))
    output.line(`  ${formatTime(at)}  ${what}${note === '' ? '' : `: ${note}`}`)
  output.lines(['', snippets.curl])
  return exitCodes.done
}

export async function changeDeployment(
  context: CommandContext,
  options: ListOptions & { name: string; change: 'on' | 'off' | 'remove' },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { name, change, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  return withHost(context, { folder, shared: false }, async ({ client }) => {
    const { deployments } = client
    switch (change) {
      case 'on': {
        const { deployment, isStarted } = await deployments.switchOn({ name })
        if (json) output.json({ deployment, isStarted })
        else if (isStarted) output.line(`${name} is switched on.`)
        else
          output.line(
            `${name} is switched on: it starts with the app, \`pipewright studio\` or \`pipewright serve ${name}\`.`,
          )
        break
      }
      case 'off': {
        const { deployment } = await deployments.switchOff({ name })
        if (json) output.json({ deployment })
        else output.line(`${name} is off.`)
        break
      }
      case 'remove':
        await deployments.remove({ name })
        if (json) output.json({ removed: name })
        else output.line(`${name} is removed.`)
        break
    }
    return exitCodes.done
  })
}

/** Where nothing runs, what is wished for says more. */
const stateOf = ({ state, isOn }: DeploymentInfo): string =>
  state === 'off' && isOn ? 'on with the app' : state
