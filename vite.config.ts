import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { shippedLicences } from './vite/shipped-licences.ts'

const together = ['test/unit/**/*.test.ts', 'test/conformance/*.test.ts', 'test/architecture.test.ts']

export default defineConfig({
  root: join(import.meta.dirname, 'renderer'),
  // The page is served from a host's root and from app://: paths that are relative fit both.
  base: './',
  plugins: [react(), tailwindcss(), shippedLicences()],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'renderer'),
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy allows no data: scripts or styles; small pictures may stay inside.
    assetsInlineLimit: (file) => (file.endsWith('.svg') ? undefined : false),
  },
  test: {
    root: import.meta.dirname,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // By default one core would be left to Vitest itself, which has little to do; and many tests wait for processes.
    maxWorkers: availableParallelism() + 1,
    // Processes that tests start compile nothing twice.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    // By name: those that wait for processes come first, so that many short ones fill up the end.
    projects: [
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: together } },
      // One file after another in the same processes, where what they import is loaded once.
      { extends: true, test: { name: 'together', include: together, isolate: false } },
    ],
    // How its operations are differentiated does not come with what Node loads of it.
    server: { deps: { inline: [/tfjs-core\/dist\/(?!tf-core)/] } },
  },
})
