import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The screens, from client/index.html. */
const screens = defineConfig({
  root: 'client',
  plugins: [react()],
  // In development, the handbook and the packages lie beside the folder of the screens.
  server: { fs: { allow: ['..'] } },
  // Every file has an address of its own: `data:` would need more room in the Content-Security-Policy.
  build: {
    ...{ outDir: '../dist/client', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, manifest: true },
    // tests/sizes.ts weighs it.
    chunkSizeWarningLimit: 1_000,
    // What every first screen loads is one file: in twenty it is requested twenty times and compressed worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
})

/** The server and the command line, for Node: one entry, flat, so that `import.meta.url` is as deep as in the sources. */
const server = defineConfig({
  // Node opens each file of a package by itself: of these there are hundreds, and every process that starts reads them.
  ssr: { noExternal: ['@hono/node-server', '@trpc/server', 'drizzle-orm', 'hono', 'zod'] },
  build: {
    ssr: 'server/cli/homeroom.ts',
    license: { fileName: 'licenses.md' },
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
  },
})

// build.mjs names the version instead.
export default defineConfig(({ isSsrBuild }) => ({
  ...(isSsrBuild ? server : screens),
  define: { __APP_VERSION__: '"dev"' },
}))
