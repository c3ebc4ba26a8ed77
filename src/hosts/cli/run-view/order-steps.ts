interface Step {
  node: string
  title: string
  needs: readonly string[]
}

/** Beyond this, telling direct from indirect needs costs more than a clear picture is worth. */
const mostSteps = 500

/**
 * Steps in the order in which a tree shows them: a branch stays together, a step stands below all it needs. A chain
 * keeps its level; where one step feeds several, each of them goes one level in; where branches meet, they come back.
 */
export function orderSteps<Each extends Step>(steps: readonly Each[]): (Each & { level: number })[] {
  if (steps.length > mostSteps) return steps.map((step) => ({ ...step, level: 0 }))
  const direct = directNeeds(steps)
  const followers = new Map<string, Each[]>(steps.map(({ node }) => [node, []]))
  for (const step of steps) for (const need of direct.get(step.node)!) followers.get(need)!.push(step)
  const levels = new Map<string, number>()
  const ordered: (Each & { level: number })[] = []
  /** Steps where branches have met, to be placed when all branches beside them are. */
  const meeting = new Set<Each>()
  const place = (step: Each): void => {
    const level = levelOf(direct.get(step.node)!, { levels, followers })
    levels.set(step.node, level)
    ordered.push({ ...step, level })
    for (const follower of followers.get(step.node)!) {
      const needs = direct.get(follower.node)!
      if (needs.some((need) => !levels.has(need))) continue
      if (levelOf(needs, { levels, followers }) < level) meeting.add(follower)
      else place(follower)
    }
    for (const met of meeting)
      if (levelOf(direct.get(met.node)!, { levels, followers }) >= level && meeting.delete(met)) place(met)
  }
  for (const step of steps) if (direct.get(step.node)!.length === 0) place(step)
  return ordered
}

function levelOf(
  needs: readonly string[],
  { levels, followers }: { levels: ReadonlyMap<string, number>; followers: ReadonlyMap<string, unknown[]> },
): number {
  const [only, ...others] = needs
  if (only === undefined) return 0
  if (others.length > 0) return Math.max(0, Math.min(...needs.map((need) => levels.get(need)!)) - 1)
  return levels.get(only)! + (followers.get(only)!.length > 1 ? 1 : 0)
}

/** Without needs that another need has already: `evaluate` needs `split` by way of the model. */
function directNeeds(steps: readonly Step[]): Map<string, string[]> {
  const known = new Set(steps.map(({ node }) => node))
  const all = new Map<string, Set<string>>()
  const direct = new Map<string, string[]>()
  // Inputs come first, so what a need needs is known already.
  for (const { node, needs } of steps) {
    const near = [...new Set(needs)].filter((need) => known.has(need))
    const far = new Set(near.flatMap((need) => [...(all.get(need) ?? [])]))
    all.set(node, new Set([...near, ...far]))
    direct.set(
      node,
      near.filter((need) => !far.has(need)),
    )
  }
  return direct
}
