/** A bad network in front of a server: slow, cutting connections, or swallowing what is sent. */
import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

export interface FaultProxy {
  port: number
  /** Of connections that are open at the moment. */
  open(): number
  /** From now on, what comes back is this much late, in ms. */
  delay(ms: number): void
  /** Cuts every connection hard. */
  reset(): void
  /** As a firewall that forgot them: the connections there are carry nothing any more, and nobody is told. New ones do. */
  forget(): void
  close(): Promise<void>
}

interface Pair {
  near: Socket
  far: Socket
  isForgotten: boolean
}

export async function startFaultProxy(port: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>()
  let lateMs = 0
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const pair: Pair = { near, far, isForgotten: false }
    pairs.add(pair)
    const pass = (to: Socket, ms: number) => (bytes: Buffer) => {
      const send = () => !pair.isForgotten && !to.destroyed && to.write(bytes)
      if (ms) setTimeout(send, ms)
      else send()
    }
    near.on('data', (bytes) => pass(far, 0)(bytes))
    far.on('data', (bytes) => pass(near, lateMs)(bytes))
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.setNoDelay().on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    port: (proxy.address() as { port: number }).port,
    open: () => pairs.size,
    delay(ms) {
      lateMs = ms
    },
    reset() {
      for (const { near } of pairs) near.resetAndDestroy()
    },
    forget() {
      for (const pair of pairs) pair.isForgotten = true
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
