import { existsSync } from 'node:fs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chromium or Chrome of this machine; null where there is none. */
export function findChromium(): string | null {
  const given = process.env['CHROMIUM']
  if (given !== undefined) return given
  return usual.find((path) => existsSync(path)) ?? null
}
