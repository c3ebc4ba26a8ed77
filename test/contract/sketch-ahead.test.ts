import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { artifactFolder } from '../../src/storage/artifact-folders.ts'
import { sketchFile } from '../../src/viewing/sketch-file.ts'
import { openApp } from './app-workspace.ts'

it('makes sketches of the tables of a run while a window is open, before it asks for them', async () => {
  await using app = await openApp('WebSocket')
  const files = ['read.table', 'split.table', 'scale.table'].map((output) =>
    join(artifactFolder(app.host.paths.artifacts, app.artifact(output)), sketchFile),
  )
  await expect.poll(() => files.filter(existsSync), { timeout: 20_000, interval: 100 }).toEqual(files)
  const sketch = await app.client.tables.sketch({ artifact: app.artifact('read.table') })
  expect(sketch.rows).toBe(400)
})
