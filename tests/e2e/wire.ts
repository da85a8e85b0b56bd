import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { freePort } from '../setup/postgres.ts'

/** A way to the server at this port that can fall silent without closing, as a cable that was pulled does. */
export async function startWire(port: number) {
  const sockets = new Set<Socket>()
  let isHeld = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    if (isHeld) socket.pause()
  }
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    near.pipe(far)
    far.pipe(near)
    far.on('close', () => near.destroy())
    near.on('close', () => far.destroy())
    for (const socket of [near, far]) keep(socket)
  })
  const own = await freePort()
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${own}`,
    hold() {
      isHeld = true
      for (const socket of sockets) socket.pause()
    },
    let() {
      isHeld = false
      for (const socket of sockets) socket.resume()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
