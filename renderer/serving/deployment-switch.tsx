import { useState } from 'react'
import type { DeploymentInfo } from '../../src/contract/deployment-info.ts'
import { useClient } from '../api/client.ts'
import { useAppStore } from '../state/store.ts'
import { Switch } from '../ui/switch.tsx'

/** Turns an endpoint on and off. */
export function DeploymentSwitch({ info: { name, isOn } }: { info: DeploymentInfo }) {
  const client = useClient()
  const store = useAppStore()
  const [isAsking, setAsking] = useState(false)
  const turn = async (on: boolean): Promise<void> => {
    setAsking(true)
    try {
      await (on ? client.deployments.switchOn({ name }) : client.deployments.switchOff({ name }))
    } catch (error) {
      store.getState().tellError(error)
    } finally {
      setAsking(false)
    }
  }
  return (
    <Switch label={`Endpoint ${name}`} checked={isOn} disabled={isAsking} onChange={(on) => void turn(on)} />
  )
}
