/** The configurations we ship in deploy/, with the addresses and intervals of a test: what is shipped is what is proven. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './app.ts'

/** The text with each of these replaced. Throws where one is not there any more. */
function changed(file: string, changes: readonly (readonly [RegExp, string])[]): string {
  let text = readFileSync(join(root, 'deploy', file), 'utf8')
  for (const [pattern, by] of changes) {
    if (!pattern.test(text)) throw new Error(`deploy/${file} holds nothing like ${pattern}`)
    text = text.replace(pattern, by)
  }
  return text
}

const listed = (ports: readonly number[], line: (place: number, port: number) => string): string =>
  ports.map((port, index) => line(index + 1, port)).join('')

/** It asks the servers five times as often as shipped. `socket` tells what it thinks of each. */
export const haproxyConfig = (listen: number, ports: readonly number[], socket: string): string =>
  changed('haproxy.cfg', [
    [/^global$/m, `global\n  stats socket ${socket} mode 600 level user`],
    [/bind :8080/, `bind 127.0.0.1:${listen}`],
    [/inter 1s/, 'inter 200ms'],
    [
      /(^ *server homeroom-\d \S+\n)+/m,
      listed(ports, (place, port) => `  server homeroom-${place} 127.0.0.1:${port}\n`),
    ],
    [
      /(^ *server homeroom-\d \S+ track .*\n)+/m,
      listed(ports, (place, port) => `  server homeroom-${place} 127.0.0.1:${port} track homeroom/homeroom-${place}\n`),
    ],
  ])

/** It asks nobody twice: what one colour does not answer is lost. */
export const blueGreenConfig = (listen: number, ports: { blue: number; green: number }, socket: string): string =>
  changed('haproxy-blue-green.cfg', [
    [/stats socket \S+/, `stats socket ${socket}`],
    [/bind :8080/, `bind 127.0.0.1:${listen}`],
    [/inter 1s/, 'inter 200ms'],
    [/retries 3/, 'retries 0'],
    [/^ *option redispatch 1\n/m, ''],
    [/127\.0\.0\.1:3001/, `127.0.0.1:${ports.blue}`],
    [/127\.0\.0\.1:3002/, `127.0.0.1:${ports.green}`],
  ])

/** What it is included in, as Debian's own has it, in a folder of the test. */
const around = (folder: string, included: string): string => `
daemon off;
pid ${folder}/pid;
error_log ${folder}/error.log warn;
worker_processes 1;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${included}
}
`

export const nginxConfig = (listen: number, ports: readonly number[], folder: string): string =>
  around(
    folder,
    changed('nginx.conf', [
      [/access_log \S+/, `access_log ${folder}/access.log`],
      [/listen 8080;/, `listen 127.0.0.1:${listen};`],
      [
        /(^ *server 127\.0\.0\.1:\d+ [^;]*;\n)+/m,
        listed(ports, (_, port) => `  server 127.0.0.1:${port} max_fails=1 fail_timeout=2s;\n`),
      ],
    ]),
  )
