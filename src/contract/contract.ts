import { alertsContract } from './alerts-contract.ts'
import { automationContract } from './automation-contract.ts'
import { deploymentsContract } from './deployments-contract.ts'
import { expressionsContract } from './expressions-contract.ts'
import { filesContract } from './files-contract.ts'
import { labellingContract } from './labelling-contract.ts'
import { modelsContract } from './models-contract.ts'
import { monitoringContract } from './monitoring-contract.ts'
import { nodesContract } from './nodes-contract.ts'
import { pipelinesContract } from './pipelines-contract.ts'
import { predictionsContract } from './predictions-contract.ts'
import { retrainingContract } from './retraining-contract.ts'
import { runsContract } from './runs-contract.ts'
import { secretsContract } from './secrets-contract.ts'
import { settingsContract } from './settings-contract.ts'
import { starterContract } from './starter-contract.ts'
import { tablesContract } from './tables-contract.ts'
import { templatesContract } from './templates-contract.ts'
import { workspaceContract } from './workspace-contract.ts'

/** Every operation and every event stream of the app, whatever carries them. */
export const contract = {
  pipelines: pipelinesContract,
  runs: runsContract,
  models: modelsContract,
  predictions: predictionsContract,
  deployments: deploymentsContract,
  alerts: alertsContract,
  monitoring: monitoringContract,
  automation: automationContract,
  retraining: retrainingContract,
  labels: labellingContract,
  nodes: nodesContract,
  tables: tablesContract,
  expressions: expressionsContract,
  files: filesContract,
  templates: templatesContract,
  starter: starterContract,
  secrets: secretsContract,
  settings: settingsContract,
  workspace: workspaceContract,
}
