import type { AddressInfo, Server } from 'node:net'
import { ConfigError } from '../config.ts'

export interface Place {
  /** A name or an address of this machine. */
  host: string
  /** 0 takes a free one. */
  port: number
}

/** `setting` is what the variable's name begins with. */
const refusals: Record<string, (place: Place, setting: string) => string> = {
  EADDRINUSE: ({ port }, setting) => `${setting}PORT must be another one: something is listening on ${port} already`,
  EACCES: ({ port }, setting) => `${setting}PORT must be another one: this account may not listen on ${port}`,
  EADDRNOTAVAIL: ({ host }, setting) => `${setting}HOST must be an address of this machine: ${host} is not`,
  ENOTFOUND: ({ host }, setting) => `${setting}HOST must be an address of this machine: ${host} is not known`,
}

/** Answers the port, which is another than `port` when that is 0. Throws `ConfigError` when the place can't be had. */
export async function listen(server: Server, place: Place, setting = ''): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const says = refusals[error.code ?? '']
      reject(says ? new ConfigError(says(place, setting)) : error)
    })
    server.listen(place.port, place.host, resolve)
  })
  return (server.address() as AddressInfo).port
}
