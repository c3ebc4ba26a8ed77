import type { ModelData } from './artifacts.ts'
import type { DeploymentSpec } from './deployment.ts'
import { didYouMean, nearestName } from './nearest-name.ts'
import { wishError } from './deployment-wish-errors.ts'

/** What a reference means now, and what its model says of itself: null where that cannot be read. */
export interface MeantModel {
  model: string
  version: number
  data: Pick<ModelData, 'task' | 'target' | 'signature'> | null
}

/**
 * Refuses what no deployment can have meant: one version twice, versions that answer another question than the first
 * live one, an answer that its model cannot give, and a misspelt column to be sticky by. `meant` gives null for a
 * reference that means nothing now; what cannot be known is not refused.
 */
export async function checkDeployment(
  spec: DeploymentSpec,
  meant: (reference: string) => Promise<MeantModel | null>,
): Promise<void> {
  const { name, versions, fallback, stickyBy } = spec
  const found = await Promise.all(
    versions.map(async ({ reference, role, weight }) => ({
      reference,
      role,
      weight,
      meant: await meant(reference),
    })),
  )
  const seen = new Set<string>()
  for (const { reference, meant: is } of found) {
    // Aliases may come to mean other versions, and one that means the same for a while is no mistake.
    const key = reference.includes('@') || !is ? reference : `${is.model}:${is.version}`
    if (seen.has(key)) throw wishError('version-twice', { name, reference })
    seen.add(key)
  }
  const first = found.find(({ role, weight, meant: is }) => role === 'live' && weight > 0 && is?.data)?.meant
  if (!first?.data) return
  for (const { reference, meant: is } of found) requireSameQuestion(name, { reference, is, first })
  if (fallback.kind === 'version') {
    const { reference } = fallback
    requireSameQuestion(name, { reference, is: await meant(reference), first })
  }
  if (fallback.kind === 'constant') requirePossible(name, { answer: fallback.answer, data: first.data })
  if (stickyBy !== null) requireSpelt(name, { stickyBy, data: first.data })
}

type Known = NonNullable<MeantModel['data']>

function requireSameQuestion(
  name: string,
  { reference, is, first }: { reference: string; is: MeantModel | null; first: MeantModel },
): void {
  if (!is?.data || !first.data) return
  const [own, wanted] = [is.data, first.data].map(({ task, target }) => `${task} of ${target.name}`)
  if (own !== wanted)
    throw wishError('other-question', {
      name,
      reference,
      own: own!,
      first: `${first.model}:${first.version}`,
      wanted: wanted!,
    })
}

function requirePossible(
  name: string,
  { answer, data: { task, target } }: { answer: string | number; data: Known },
): void {
  const text = String(answer)
  if (target.classes) {
    if (target.classes.includes(text)) return
    const some = target.classes.slice(0, mostNamed).map((each) => `“${each}”`)
    const otherwise = `Its classes are ${some.join(', ')}${target.classes.length > mostNamed ? ' and others' : ''}.`
    const hint = didYouMean(text, target.classes, otherwise)
    throw wishError('impossible-fallback', {
      name,
      answer: text,
      problem: 'no class of the model',
      hint,
    })
  }
  if (task !== 'regression' || (text.trim() !== '' && Number.isFinite(Number(text)))) return
  const hint = 'The model answers with numbers: give one.'
  throw wishError('impossible-fallback', { name, answer: text, problem: 'no number', hint })
}

const mostNamed = 10

function requireSpelt(name: string, { stickyBy, data }: { stickyBy: string; data: Known }): void {
  const names = data.signature.inputs.map((input) => input.name)
  if (names.includes(stickyBy)) return
  const [before, ...after] = stickyBy.split(':')
  if (before === 'header') {
    if (headerName.test(after.join(':'))) return
    throw wishError('misspelt-sticky', { name, stickyBy, near: 'header:NAME' })
  }
  // A column need not be an input: callers may send one for this alone.
  const near =
    after.length > 0 && nearestName(before!, ['header'])
      ? `header:${after.join(':').trim()}`
      : nearestName(stickyBy, names)
  if (near !== undefined) throw wishError('misspelt-sticky', { name, stickyBy, near })
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/
