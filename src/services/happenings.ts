import type { WorkspaceEvent } from '../contract/workspace-event.ts'
import { createFanOut, type FanOut } from '../engine/fan-out.ts'

/** Tells everybody who listens what happens in a workspace. */
export type Happenings = FanOut<WorkspaceEvent>

export const createHappenings = (): Happenings => createFanOut<WorkspaceEvent>()
