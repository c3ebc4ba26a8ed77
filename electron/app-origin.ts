/** Where the window's page comes from. */
export const appScheme = 'app'
export const appOrigin = `${appScheme}://pipewright`

/** `URL.origin` is opaque for schemes that are not the web's own. */
export function isAppUrl(url: string): boolean {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}` === appOrigin
  } catch {
    return false
  }
}
