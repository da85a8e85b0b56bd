import type { AddressInfo, Server } from 'node:net'
import { ConfigError } from '../config.ts'

export interface Endpoint {
  host: string
  port: number
}

/** `setting` is the beginning of the variable's name. */
const refusals: Record<string, (endpoint: Endpoint, setting: string) => string> = {
  EADDRINUSE: ({ port }, setting) => `${setting}PORT must be another one: something is listening on ${port} already`,
  EACCES: ({ port }, setting) => `${setting}PORT must be another one: this account may not listen on ${port}`,
  EADDRNOTAVAIL: ({ host }, setting) => `${setting}HOST must be an address of this machine: ${host} is not`,
  ENOTFOUND: ({ host }, setting) => `${setting}HOST must be an address of this machine: ${host} is not known`,
}

/** Returns the port. Throws `ConfigError` when the address cannot be used. */
export async function listen(server: Server, endpoint: Endpoint, setting = ''): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const says = refusals[error.code ?? '']
      reject(says ? new ConfigError(says(endpoint, setting)) : error)
    })
    server.listen(endpoint.port, endpoint.host, resolve)
  })
  return (server.address() as AddressInfo).port
}
