import { accessSync, constants } from 'node:fs'

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env['PROGRAMFILES']}\\Google\\Chrome\\Application\\chrome.exe`,
]

/** A Chromium or Chrome of this machine. Without one the tests that need it are skipped, and that is a failure in CI. */
export function findChromium(): string | null {
  const found = places.find((path) => path !== undefined && isExecutable(path))
  if (found !== undefined) return found
  const missing = 'No Chromium or Chrome was found (set CHROMIUM_PATH): the app is not tested in a browser.'
  if (process.env['CI']) throw new Error(missing)
  console.warn(missing)
  return null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
