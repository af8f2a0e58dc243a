import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds a server: the real one, or the small one of `npm run mock`. */
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
    // The page screen brings the whole editor; it is loaded when a page is opened first.
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
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
  },
})

/** Libraries in `node_modules` may be written for older Svelte; our own files use runes only. */
function runesOnlyInOwnFiles(filename: string): { runes: boolean } | undefined {
  return filename.includes('node_modules') ? undefined : { runes: true }
}
