import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '../../contract/create-client.ts'

/** The window's page in the theme of the settings: it must not change its colours after it is shown. */
export async function appPage(renderer: string, client: Client): Promise<string> {
  const [page, { settings }] = await Promise.all([
    readFile(join(renderer, 'index.html'), 'utf8'),
    client.settings.get(),
  ])
  return page.replace('data-theme="system"', `data-theme="${settings.theme}"`)
}

/**
 * What the start address shows: it goes on by itself. A redirection would still count as a call from wherever the
 * address was clicked, which gets no cookie.
 */
export const goOnPage = textPage('Pipewright', '<a href="/">Open Pipewright</a>', '0;url=/')

export const refusedPage = (problem: string): string => textPage('Pipewright', problem)

function textPage(title: string, text: string, refresh?: string): string {
  const goOn = refresh === undefined ? '' : `<meta http-equiv="refresh" content="${refresh}">`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${goOn}</head><body><p>${text}</p></body></html>`
}
