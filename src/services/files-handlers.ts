import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { formatPipeline } from '../core/format-pipeline.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { pipelineFormat, pipelineSchema } from '../core/pipeline.ts'
import { allowedFolders, allowedPath, isWithin } from './allowed-paths.ts'
import { filesError } from './errors.ts'
import { implementation } from './implementation.ts'
import { listFolder, parentOf } from './list-folder.ts'
import { fileName, freePath } from './pipeline-files.ts'
import { hostOf, type Services } from './services.ts'
import { watchFiles } from './watch-files.ts'

export function filesHandlers(services: Services) {
  const { files } = implementation
  const host = () => hostOf(services)
  const allowed = (path: string): Promise<string> => allowedPath(path, host())
  return {
    list: files.list.handler(async ({ input }) => {
      const workspace = host().workspace.paths.folder
      const folder = await allowed(input.folder ?? workspace)
      const folders = allowedFolders(host())
      const mayShow = (path: string): boolean => folders.some((each) => isWithin(path, each))
      return { folder, parent: parentOf(folder, mayShow), workspace, entries: await listFolder(folder) }
    }),
    open: files.open.handler(async ({ input }) => {
      const opened = await host().files.open(await allowed(input.path))
      if (!input.isAgain) await host().kept.noteOpened(opened.path)
      return opened
    }),
    save: files.save.handler(async ({ input }) => {
      const path = await allowed(input.path)
      const answer = await host().files.save({ ...input, path })
      if (answer.outcome === 'saved') await host().kept.dropDraft(path)
      if (answer.outcome === 'saved' && input.basedOn === null) await host().kept.noteOpened(path)
      return answer
    }),
    watch: files.watch.handler(async function* ({ input, signal }) {
      const known = await Promise.all(
        input.files.map(async ({ path, revision }) => ({ path: await allowed(path), revision })),
      )
      const release = host().kept.holdOpen(known.map(({ path }) => path))
      signal?.addEventListener('abort', release)
      try {
        yield* watchFiles(known, { files: host().files, signal })
      } finally {
        release()
      }
    }),
    recent: files.recent.handler(async () => {
      const recent = await host().kept.recent()
      const named = recent.map(async ({ path, openedAt }) => ({ path, name: await nameOf(path), openedAt }))
      return { files: await Promise.all(named) }
    }),
    create: files.create.handler(async ({ input }) => {
      const name = input.name.trim() || 'Untitled'
      const folder = await allowed(input.folder ?? host().workspace.paths.folder)
      const path = await freePath(folder, fileName(name))
      const text = formatPipeline(
        pipelineSchema.parse({ format: pipelineFormat, id: crypto.randomUUID(), name, nodes: {} }),
      )
      const saved = await host().files.save({ path, text, basedOn: null })
      if (saved.outcome !== 'saved') throw filesError('taken', { path })
      await host().kept.noteOpened(path)
      return { path, text, revision: saved.revision }
    }),
    saveDraft: files.saveDraft.handler(async ({ input }) => {
      await host().kept.saveDraft({ ...input, path: await allowed(input.path), at: Date.now() })
      return {}
    }),
    drafts: files.drafts.handler(async () => ({ drafts: await host().kept.drafts() })),
    dropDraft: files.dropDraft.handler(async ({ input }) => {
      await host().kept.dropDraft(await allowed(input.path))
      return {}
    }),
    preview: files.preview.handler(async ({ input, signal }) => {
      const path = await allowed(input.path)
      return host().viewer.call('file.preview', { ...input, path }, signal)
    }),
  }
}

/** As its tab says it; that of the file where it is no pipeline now. */
async function nameOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    return parsePipeline(text).name
  } catch {
    return basename(path, '.pipeline.json')
  }
}
