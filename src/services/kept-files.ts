import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256OfText } from '../files/sha256.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { oneAtATime } from '../core/one-at-a-time.ts'

const recentSchema = z.array(z.strictObject({ path: z.string(), openedAt: z.number() }))
type Recent = z.infer<typeof recentSchema>

const draftSchema = z.strictObject({
  path: z.string(),
  text: z.string(),
  basedOn: z.string().nullable(),
  at: z.number(),
})
export type Draft = z.infer<typeof draftSchema>

/** What the editor wants to find again: which files were opened, and what was not saved. Both lie in `.pipewright`. */
export interface KeptFiles {
  noteOpened(path: string): Promise<void>
  /** Those that are still there, the newest first. */
  recent(): Promise<Recent>
  saveDraft(draft: Draft): Promise<void>
  /** Without those of files that are open. */
  drafts(): Promise<Draft[]>
  dropDraft(path: string): Promise<void>
  /** These files are open in a window, until the answer is called. */
  holdOpen(paths: readonly string[]): () => void
}

const mostRecent = 30

export function openKeptFiles(root: string): KeptFiles {
  const recentFile = join(root, 'recent.json')
  const draftFolder = join(root, 'drafts')
  const draftFile = (path: string): string => join(draftFolder, `${sha256OfText(path).slice(0, 32)}.json`)
  const exclusively = oneAtATime()
  const held = new Set<readonly string[]>()
  const readRecent = async (): Promise<Recent> =>
    recentSchema.safeParse(await readJsonFile(recentFile)).data ?? []
  return {
    noteOpened: (path) =>
      exclusively(async () => {
        const others = (await readRecent()).filter((file) => file.path !== path)
        await writeJsonFile(recentFile, [{ path, openedAt: Date.now() }, ...others].slice(0, mostRecent))
      }),
    async recent() {
      const files = await readRecent()
      const there = await Promise.all(files.map(({ path }) => isFile(path)))
      return files.filter((_, index) => there[index])
    },
    async saveDraft(draft) {
      await mkdir(draftFolder, { recursive: true, mode: 0o700 })
      await exclusively(() => writeJsonFile(draftFile(draft.path), draft))
    },
    async drafts() {
      const names = await readdir(draftFolder).catch(() => [])
      const texts = await Promise.all(names.map((name) => readJsonFile(join(draftFolder, name))))
      const isOpen = (path: string): boolean => [...held].some((paths) => paths.includes(path))
      return texts
        .flatMap((text) => draftSchema.safeParse(text).data ?? [])
        .filter(({ path }) => !isOpen(path))
        .toSorted((a, b) => b.at - a.at)
    },
    dropDraft: (path) => exclusively(() => rm(draftFile(path), { force: true })),
    holdOpen(paths) {
      // Another window may hold the same ones.
      const own = [...paths]
      held.add(own)
      return () => held.delete(own)
    },
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** Null where there is none that can be read. */
async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, (temporaryPath) => writeFile(temporaryPath, JSON.stringify(value)))
}
