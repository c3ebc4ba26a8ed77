#!/usr/bin/env node
// The one file that must run on any Node: only syntax and modules that old versions know.
import module from 'module'

var wanted = [22, 12]
var running = process.versions.node.split('.').map(Number)

if (running[0] < wanted[0] || (running[0] === wanted[0] && running[1] < wanted[1])) {
  process.stderr.write(
    'Pipewright needs Node.js ' +
      wanted.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '. Get it from https://nodejs.org, or run `npm run pipewright` in the folder of Pipewright.\n',
  )
  process.exitCode = 2
} else {
  module.enableCompileCache()
  void import('./main.ts').then(function (main) {
    return main.main()
  })
}
