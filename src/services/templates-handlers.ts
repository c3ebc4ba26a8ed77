import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Template } from '../contract/templates-contract.ts'
import { graphOf } from '../core/graph.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { filesError } from './errors.ts'
import { implementation } from './implementation.ts'
import { freePath } from './pipeline-files.ts'
import { hostOf, type Services } from './services.ts'

/** A template is a folder with a pipeline of the same name and the data it reads. */
const templateId = /^[a-z0-9][a-z0-9-]*$/

export function templatesHandlers(services: Services) {
  const { templates } = implementation
  return {
    list: templates.list.handler(async () => {
      const { templateFolder } = hostOf(services)
      const names = await readdir(templateFolder).catch(() => [])
      const found = await Promise.all(
        names
          .filter((name) => templateId.test(name))
          .map((id) => readTemplate(id, { templateFolder, services })),
      )
      return { templates: found.filter((template) => template !== null) }
    }),
    open: templates.open.handler(async ({ input: { id } }) => {
      const { templateFolder, workspace, kept } = hostOf(services)
      if (!templateId.test(id) || !(await readTemplate(id, { templateFolder, services })))
        throw filesError('no-template', { id })
      const folder = await freePath(workspace.paths.folder, id, '')
      await mkdir(folder)
      await cp(join(templateFolder, id), folder, { recursive: true })
      const path = join(folder, pipelineName(id))
      await kept.noteOpened(path)
      return { path }
    }),
  }
}

const pipelineName = (id: string): string => `${id}.pipeline.json`

/** Null for a folder that is no template. */
async function readTemplate(
  id: string,
  { templateFolder, services }: { templateFolder: string; services: Services },
): Promise<Template | null> {
  const folder = join(templateFolder, id)
  const text = await readFile(join(folder, pipelineName(id)), 'utf8').catch(() => null)
  if (text === null) return null
  const pipeline = parsePipeline(text)
  const titles = new Map(services.definitions.map(({ id, title }) => [id as string, title]))
  const types = graphOf(pipeline).order.map((node) => pipeline.nodes[node]!.type)
  return {
    id,
    title: pipeline.name,
    summary: pipeline.description ?? '',
    shows: [...new Set(types)].map((type) => titles.get(type) ?? type),
    sizeBytes: await dataBytes(folder, id),
  }
}

async function dataBytes(folder: string, id: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name !== pipelineName(id))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
