/** The same as R1 behind nginx, which learns from failed requests alone that a server is gone. */
import { startNginx } from './balancer.ts'
import type { Proof } from './proof.ts'
import { rollingRestarts } from './r01-rolling-restarts.ts'

/** Longer than nginx keeps a connection that nobody uses (keepalive_timeout in deploy/nginx.conf). In ms. */
const delayMs = 2500

export const proof: Proof = {
  name: 'R2',
  title: 'rolling restarts behind nginx, on PostgreSQL',
  needs: ['nginx'],
  long: true,
  run: () => rollingRestarts({ name: 'R2', balancer: startNginx, delayMs, restarts: 20, requests: 10_000 }),
}
