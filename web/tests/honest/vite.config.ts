/** Builds the recorder as one program for Node; see `main.ts`. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte()],
  logLevel: 'warn',
  build: {
    ssr: 'tests/honest/main.ts',
    target: 'node20',
    // Beside the packages that it needs.
    outDir: 'node_modules/.honest',
    emptyOutDir: true,
    copyPublicDir: false,
    rollupOptions: { output: { entryFileNames: 'main.js' } },
  },
  // One copy of Yjs and of ProseMirror, whoever asks for it.
  ssr: { noExternal: true, external: ['jsdom'] },
})
