import './npm-shell.mjs'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { createServer as createSocket } from 'node:net'
import { join } from 'node:path'
import type { ProxyOptions } from 'vite'
import { readConfig } from '../config.ts'
import { hasSources, root } from '../runtime/folders.ts'
import { CommandError, defineCommand } from './command.ts'

async function freePort(): Promise<number> {
  const socket = createSocket()
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  await new Promise((resolve) => socket.close(resolve))
  return port
}

/** tsx sees only what the primary imports, not its workers' files. */
const watched = ['server', 'db', 'drizzle'].flatMap((folder) => ['--include', `${folder}/**/*`])

const startServer = (port: number, url: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      join(root, 'node_modules/tsx/dist/cli.mjs'),
      'watch',
      '--clear-screen=false',
      ...watched,
      'server/cli/homeroom.ts',
      'start',
    ],
    {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: url },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )

/** While the server restarts, the screens get the 503 of a deploy, which they wait out. */
const toServer = (port: number): ProxyOptions => ({
  target: `http://127.0.0.1:${port}`,
  configure(proxy) {
    proxy.on('error', (_error, _request, response) => {
      if ('writeHead' in response && !response.headersSent) response.writeHead(503, { 'retry-after': '1' }).end()
    })
  },
})

export const command = defineCommand({
  summary: 'Serves the sources while you change them: screens by Vite, the server started again after each change',
  usage: 'dev',
  options: {},
  async run() {
    if (!hasSources()) throw new CommandError('The sources are not here: "homeroom start" serves what was built')
    const { host, port, publicUrl = `http://${host}:${port}` } = readConfig()
    const { createServer } = await import('vite')
    const api = await freePort()
    const vite = await createServer({
      configFile: join(root, 'vite.config.ts'),
      root: join(root, 'client'),
      server: { host, port, strictPort: true, proxy: { '/trpc/': toServer(api), '/health/': toServer(api) } },
    })
    await vite.listen()
    const server = startServer(api, publicUrl)
    const stop = () => {
      server.kill('SIGTERM')
      void vite.close().then(() => process.exit(0))
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  },
})
