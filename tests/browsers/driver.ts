/** Drives a browser by the commands of WebDriver: Firefox over Marionette, its own socket, and WebKitGTK over HTTP. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endWithUs } from '../setup/end-with-us.ts'
import { freePort } from '../setup/postgres.ts'

/** As Marionette names the command, and as HTTP does. */
const commands = {
  'WebDriver:Navigate': ['POST', '/url'],
  'WebDriver:ExecuteScript': ['POST', '/execute/sync'],
  'WebDriver:ElementClick': ['POST', '/element/{id}/click'],
  'WebDriver:ElementSendKeys': ['POST', '/element/{id}/value'],
  'WebDriver:TakeScreenshot': ['GET', '/screenshot'],
} as const
type CommandName = keyof typeof commands

export interface Driver {
  version: string
  send(command: CommandName, parameters?: Record<string, unknown>): Promise<unknown>
}

const patience = 120_000
export async function eventually<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + patience
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`there is still no ${what}`)
    await sleep(100)
  }
}

/** Messages are `length:json`, the length in bytes. */
class Marionette {
  readonly #socket: Socket
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #buffer = Buffer.alloc(0)
  #count = 0

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (part) => {
      this.#buffer = Buffer.concat([this.#buffer, part])
      this.#read()
    })
  }

  #read(): void {
    for (;;) {
      const colon = this.#buffer.indexOf(':')
      const length = Number(this.#buffer.subarray(0, colon))
      if (colon < 0 || this.#buffer.length < colon + 1 + length) return
      const message = JSON.parse(this.#buffer.subarray(colon + 1, colon + 1 + length).toString())
      this.#buffer = this.#buffer.subarray(colon + 1 + length)
      if (!Array.isArray(message)) continue
      const [, id, error, result] = message
      if (error) this.#waiting.get(id)?.reject(new Error(`${error.error}: ${error.message}`))
      else this.#waiting.get(id)?.resolve(result && 'value' in result ? result.value : result)
      this.#waiting.delete(id)
    }
  }

  send(command: string, parameters: object = {}): Promise<unknown> {
    const id = ++this.#count
    const text = JSON.stringify([0, id, command, parameters])
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
  }
}

interface Capabilities {
  browserName: string
  browserVersion: string
}

export async function openFirefox(program: string, folder: string): Promise<Driver> {
  writeFileSync(join(folder, 'user.js'), 'user_pref("marionette.port", 0);\n')
  const args = ['--headless', '--marionette', '--no-remote', '--profile', folder]
  endWithUs(spawn(program, args, { stdio: 'ignore', detached: true }))
  const file = join(folder, 'MarionetteActivePort')
  const port = await eventually('Firefox', () => (existsSync(file) && Number(readFileSync(file, 'utf8'))) || undefined)
  const marionette = new Marionette(connect(port, '127.0.0.1'))
  const { capabilities } = (await marionette.send('WebDriver:NewSession')) as { capabilities: Capabilities }
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    send: (command, parameters) => marionette.send(command, parameters),
  }
}

/** `program` is WebKitWebDriver, which starts MiniBrowser; both need a screen, such as xvfb-run's. */
export async function openWebKit(program: string): Promise<Driver> {
  const port = await freePort()
  endWithUs(spawn(program, [`--port=${port}`], { stdio: 'ignore', detached: true }))
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    })
    const { value } = await answer.json()
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  await eventually('WebKitWebDriver', () => ask('GET', '/status').catch(() => undefined))
  const { sessionId, capabilities } = await ask('POST', '/session', { capabilities: { alwaysMatch: {} } })
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    send(command, parameters = {}) {
      const [method, path] = commands[command]
      return ask(method, `/session/${sessionId}${path.replace('{id}', String(parameters.id))}`, parameters)
    },
  }
}
