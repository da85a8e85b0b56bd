/** What stands in front of several servers, with the settings we ship in deploy/, made quicker for the tests. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { endWithUs } from '../setup/end-with-us.ts'
import { freePort } from '../setup/postgres.ts'
import { temporaryFolder } from '../setup/server.ts'
import { blueGreenConfig, haproxyConfig, nginxConfig } from './balancer-config.ts'
import { statusOf, until } from './site.ts'

export interface Balancer {
  url: string
  /** Waits until it sends requests to the server at `port`. */
  untilUp(port: number): Promise<void>
  stop(): Promise<void>
}

const path = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

function launch(
  program: string,
  args: string[],
): { child: ChildProcess; said: Promise<string>; stop(): Promise<void> } {
  const child = endWithUs(spawn(program, args, { env: path, stdio: ['ignore', 'pipe', 'pipe'], detached: true }))
  child.stdout.resume()
  const gone = new Promise((resolve) => child.once('exit', resolve))
  return {
    child,
    said: text(child.stderr),
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function untilAnswering(url: string, { child, said }: ReturnType<typeof launch>): Promise<void> {
  await until('the balancer answers', async () => {
    if (child.exitCode !== null) throw new Error(`The balancer does not start: ${await said}`)
    return (await statusOf(`${url}/health/ready`)) === 200
  })
}

/** HAProxy, which asks every server every 200 ms whether it is ready. `ports` are the servers' and stay theirs. */
export async function startHaproxy(ports: readonly number[]): Promise<Balancer> {
  const folder = temporaryFolder()
  const [config, socket] = [join(folder.path, 'haproxy.cfg'), join(folder.path, 'stats')]
  const listen = await freePort()
  const url = `http://127.0.0.1:${listen}`
  writeFileSync(config, haproxyConfig(listen, ports, socket))
  const running = launch('haproxy', ['-db', '-f', config])
  await untilAnswering(url, running)
  const statistics = () => {
    const asked = connect(socket)
    asked.end('show stat\n')
    return text(asked)
  }
  const isUp = async (port: number) => {
    const place = ports.indexOf(port) + 1
    const line = (await statistics()).split('\n').find((row) => row.split(',')[1] === `homeroom-${place}`)
    return line?.split(',')[17] === 'UP'
  }
  return {
    url,
    untilUp: (port) => until(`HAProxy takes ${port} for ready`, () => isUp(port)),
    async stop() {
      await running.stop()
      folder.done()
    },
  }
}

/** HAProxy in front of two colours that a rollout starts. `told` asks its socket. */
export async function startBlueGreen(ports: { blue: number; green: number }) {
  const folder = temporaryFolder()
  const [config, socket] = [join(folder.path, 'haproxy.cfg'), join(folder.path, 'admin')]
  const listen = await freePort()
  const url = `http://127.0.0.1:${listen}`
  writeFileSync(config, blueGreenConfig(listen, ports, socket))
  const running = launch('haproxy', ['-db', '-f', config])
  await until('the balancer answers', async () => {
    if (running.child.exitCode !== null) throw new Error(`The balancer does not start: ${await running.said}`)
    return (await statusOf(url)) !== 0
  })
  return {
    url,
    socket,
    told(command: string) {
      const asked = connect(socket)
      asked.end(`${command}\n`)
      return text(asked)
    },
    async stop() {
      await running.stop()
      folder.done()
    },
  }
}

/** nginx, which knows of a server only what became of its requests. */
export async function startNginx(ports: readonly number[]): Promise<Balancer> {
  const folder = temporaryFolder()
  // Its workers are nobody's where root starts it, and keep parts of large answers here.
  chmodSync(folder.path, 0o755)
  const config = join(folder.path, 'nginx.conf')
  const listen = await freePort()
  const url = `http://127.0.0.1:${listen}`
  writeFileSync(config, nginxConfig(listen, ports, folder.path))
  const running = launch('nginx', ['-p', folder.path, '-c', config, '-e', join(folder.path, 'error.log')])
  await untilAnswering(url, running)
  return {
    url,
    untilUp: (port) =>
      until(`${port} is ready`, async () => (await statusOf(`http://127.0.0.1:${port}/health/ready`)) === 200),
    async stop() {
      await running.stop()
      folder.done()
    },
  }
}
