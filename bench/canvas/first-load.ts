import { gzipSync } from 'node:zlib'
import type { Response } from 'playwright-core'
import type { AppWindow } from './app-window.ts'

/** Kilobytes of all that a browser fetches until the start page is there, compressed with gzip. */
export async function firstLoadKilobytes(app: AppWindow): Promise<number> {
  const answers: Response[] = []
  const page = await app.openPage((opening) => opening.on('response', (answer) => answers.push(answer)))
  await page.evaluate('document.fonts.ready')
  const sizes = await Promise.all(
    answers
      .filter((answer) => answer.status() === 200)
      .map(async (answer) => gzipSync(await answer.body()).length),
  )
  await page.close()
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
