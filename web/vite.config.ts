import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds a server. */
const server = process.env['DENKRAUM_DEV_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    svelte({ dynamicCompileOptions: ({ filename }) => runesOnlyInOwnFiles(filename) }),
    svelteTesting(),
  ],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    target: 'es2022',
    // Styles and pictures stay files: the Content-Security-Policy allows no `data:` and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // `npm run budget` is stricter, and counts what is really sent.
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
    // Read by the scripts that run after the build, and removed by the last of them.
    manifest: true,
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/ws': { target: server, ws: true, changeOrigin: false },
    },
    fs: { allow: ['..'] },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    // As many as the browser tests have: a container may name far more processors than it may use.
    maxWorkers: 2,
    // What a test proves does not depend on the time it takes; a busy machine takes its time.
    testTimeout: 60_000,
  },
})

/** Libraries in `node_modules` may be written for older Svelte; our own files use runes only. */
function runesOnlyInOwnFiles(filename: string): { runes: boolean } | undefined {
  return filename.includes('node_modules') ? undefined : { runes: true }
}
