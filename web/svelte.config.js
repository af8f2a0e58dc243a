import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    // Named by the component and not by its text, so that the server can write the same markup for
    // the first showing of a page (crates/http/src/reading).
    cssHash: ({ filename, css, hash }) => {
      const component = /(?:^|\/)src\/(.+)\.svelte$/.exec(filename ?? '')?.[1]
      return component === undefined ? `c-${hash(css)}` : `c-${component.replaceAll('/', '-')}`
    },
  },
}
