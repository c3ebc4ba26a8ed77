/** Made when the window is built. */
declare module 'virtual:shipped-licences' {
  export const licences: readonly {
    name: string
    version: string
    /** Its name, such as MIT. */
    licence: string
    text: string | null
  }[]
}
