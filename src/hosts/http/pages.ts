import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '../../contract/create-client.ts'

const style = `
  :root { color-scheme: light dark; --ink: light-dark(#1d2422, #e9ece9); --soft: light-dark(#4c5653, #b4bcb8); }
  body { display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 0 24px; box-sizing: border-box;
    background: light-dark(#f5f5f1, #131615); color: var(--soft); font: 15px/1.55 system-ui, sans-serif; }
  main { max-width: 460px; }
  h1 { margin: 0 0 8px; color: var(--ink); font-size: 20px; font-weight: 600; }
  p { margin: 0; }
  a { color: light-dark(#0b6b69, #4fc0b8); }
  code { padding: 1px 5px; border-radius: 4px; background: light-dark(#e6e6df, #303736); color: var(--ink);
    font: 13px ui-monospace, monospace; }`

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
export const goOnPage = textPage('<p><a href="/">Open Pipewright</a></p>', '0;url=/')

/** `problem` may have `code` in backticks. */
export const refusedPage = (problem: string): string =>
  textPage(`<h1>Pipewright cannot be opened here</h1><p>${withCode(problem)}</p>`)

const withCode = (text: string): string => text.replaceAll(/`([^`]+)`/g, '<code>$1</code>')

function textPage(content: string, refresh?: string): string {
  const goOn = refresh === undefined ? '' : `<meta http-equiv="refresh" content="${refresh}">`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pipewright</title><link rel="icon" href="data:,">${goOn}<style>${style}</style></head><body><main>${content}</main></body></html>`
}
