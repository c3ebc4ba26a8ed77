import { spawn } from 'node:child_process'

/** Shows an address in the browser of the user, where there is one; the address is printed in any case. */
export function openBrowser(address: string): void {
  const { platform, env } = process
  const hasScreen = platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  if (!hasScreen) return
  const [command, ...rest] = commandOf(platform)
  const child = spawn(command, [...rest, address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

function commandOf(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // `start` would read an ampersand in the address; this takes it as it is.
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open']
}
