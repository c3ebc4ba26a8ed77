import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { shippedLicences } from './vite/shipped-licences.ts'

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
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // How its operations are differentiated does not come with what Node loads of it.
    server: { deps: { inline: [/tfjs-core\/dist\/(?!tf-core)/] } },
  },
})
