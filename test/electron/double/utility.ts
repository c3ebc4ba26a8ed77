/* A utility process of the double: Node, with Electron's channel in place of its own. */
const [, , entry] = process.argv

Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage: (message: object) => void process.send!(message),
    on: (event: 'message', listener: (event: { data: unknown }) => void) =>
      void process.on(event, (data) => listener({ data })),
  },
})
process.on('disconnect', () => process.exit(0))
await import(entry!)
