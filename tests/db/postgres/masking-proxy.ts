/** Stands before a server as a pooler does: it tells another number as the process that serves. */
import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

const keyData = 'K'.charCodeAt(0)

/** Each message of the answer to a sign-in is a letter, its length and what it says. Returns whether the process was told. */
function mask(answer: Buffer): boolean {
  // One byte answers the question whether the server encrypts.
  for (let at = 0; at + 5 < answer.length; at += 1 + answer.readUInt32BE(at + 1))
    if (answer[at] === keyData) return answer.writeUInt32BE(0x7eed, at + 5) > 0
  return false
}

export async function startMaskingProxy(port: number): Promise<{ port: number; close(): void }> {
  const open = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const pass = (answer: Buffer) => {
      const isTold = mask(answer)
      near.write(answer)
      if (isTold) far.off('data', pass).pipe(near)
    }
    far.on('data', pass)
    near.pipe(far)
    for (const socket of [near, far]) open.add(socket.on('error', () => socket.destroy()))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    port: (proxy.address() as { port: number }).port,
    close() {
      for (const socket of open) socket.destroy()
      proxy.close()
    },
  }
}
