import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

import svelteConfig from './svelte.config.js'

/**
 * Which folders of `src/` a folder must not import. Allowed: routes > ui state editor;
 * state > sync api; editor > schema. Everyone may use i18n.
 */
const forbidden = {
  schema: ['api', 'editor', 'routes', 'state', 'sync', 'ui', 'i18n'],
  editor: ['api', 'routes', 'state', 'sync'],
  sync: ['api', 'editor', 'routes', 'state', 'ui'],
  api: ['editor', 'routes', 'schema', 'state', 'sync', 'ui'],
  i18n: ['api', 'editor', 'routes', 'schema', 'state', 'sync', 'ui'],
  state: ['editor', 'routes', 'ui'],
  ui: ['api', 'editor', 'routes', 'schema', 'state', 'sync'],
  routes: ['sync'],
}

const folderRules = Object.entries(forbidden).map(([folder, names]) => ({
  files: [`src/${folder}/**/*.{ts,svelte}`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${names.join('|')})(/|$)`,
            message: `src/${folder} must not know this folder (see the list in eslint.config.js).`,
          },
        ],
      },
    ],
  },
}))

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      // The policy of the server forbids style attributes. `style:--x={…}` is set by script: allowed.
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']",
          message: 'A style attribute is blocked by the Content-Security-Policy; use a class.',
        },
      ],
      // Maps, sets and addresses here are never changed in place, only replaced ($state.raw).
      'svelte/prefer-svelte-reactivity': 'off',
      // The application has its own router; links are plain hrefs and are caught at the document.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['scripts/**', '*.config.{js,ts}', 'tests/**'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
  ...folderRules,
)
