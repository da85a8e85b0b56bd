/** What is shipped to run Homeroom agrees with itself and with the server's own settings. tests/reliability/ runs it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Deployment } from 'kubernetes-models/apps/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Secret, Service } from 'kubernetes-models/v1'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../server/config.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const production = readConfig({}, { NODE_ENV: 'production' })
/** Beyond its deadline the primary waits for a worker that hangs. In s. */
const whatADrainTakes = production.drainDeadlineMs / 1000 + 1
const seconds = (text: string): number =>
  Number.parseFloat(text) * (text.endsWith('ms') ? 0.001 : text.endsWith('m') ? 60 : 1)

/** The settings that the server reads, and those of Node and the system. */
const readers = `${read('server/config.ts')}${read('db/dialect.ts')}`
const names = [...readers.matchAll(/\b[A-Z]+(?:_[A-Z]+)*\b/g)].map(([name]) => name)
const known = new Set([...names, 'NODE_ENV', 'TMPDIR'])
const unknown = (given: string[]) => given.filter((name) => !known.has(name.replace(/_FILE$/, '')))

const dockerfile = read('Dockerfile').replaceAll(/\\\n\s*/g, '')
const instructions = (name: string) =>
  [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, rest = '']) => rest)
const last = (name: string) => instructions(name).at(-1) ?? ''

/** What `compose.yaml` says of each service once its anchors are resolved. */
const compose = parse(read('compose.yaml'), { merge: true })
type ComposeService = Record<string, string> & {
  profiles: string[]
  environment: Record<string, string>
  volumes: string[]
}
const services = Object.entries(compose.services as Record<string, ComposeService>)
const homerooms = services.filter(([, { image }]) => image === 'homeroom')

const manifests = readdirSync(join(root, 'deploy/kubernetes')).map((file) => parse(read(`deploy/kubernetes/${file}`)))
const manifest = (kind: string) => manifests.find((one) => one.kind === kind)
const pod = manifest('Deployment').spec.template.spec
const [container] = pod.containers

const haproxy = read('deploy/haproxy.cfg')
const nginx = read('deploy/nginx.conf')
const unit = read('deploy/homeroom.service')
const found = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? ''

test('the image starts node itself, so that the signal to stop reaches it', () => {
  for (const name of ['ENTRYPOINT', 'CMD']) expect(JSON.parse(last(name)), name).toBeInstanceOf(Array)
  expect([...JSON.parse(last('ENTRYPOINT')), ...JSON.parse(last('CMD'))]).toEqual([
    'node',
    '/app/dist/server/homeroom.js',
    'start',
  ])
  expect(last('STOPSIGNAL')).toBe('SIGTERM')
})

test('the image runs without rights, writes to its data folder alone, and says whether it is ready', () => {
  expect(last('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  expect(last('ENV')).toContain(`TMPDIR=${last('VOLUME')}`)
  expect(Number(last('EXPOSE'))).toBe(production.port)
  expect(JSON.parse(last('HEALTHCHECK').replace(/^.*?CMD /, '')).at(-1)).toContain('/health/ready')
  expect(last('HEALTHCHECK')).toContain(`process.env.PORT || ${production.port}`)
})

test('the image is made of named files alone, and of no registry’s address', () => {
  const copied = instructions('COPY').filter((line) => !line.startsWith('--from=build'))
  const sources = copied.flatMap((line) => line.split(' ').slice(0, -1))
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([])
  expect(sources).not.toContain('.')
  expect(dockerfile).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/)
  expect(instructions('FROM').map((line) => line.split(' ')[0])).toEqual(['node:24-slim', 'node:24-slim'])
})

test('every setting that is shipped is one that the server reads', () => {
  expect(known).toContain('DRAIN_DELAY_MS')
  for (const [name, { environment }] of homerooms) expect(unknown(Object.keys(environment)), name).toEqual([])
  expect(unknown(container.env.map((variable: { name: string }) => variable.name))).toEqual([])
  expect(unknown([...unit.matchAll(/^#? ?Environment=(\w+)/gm)].map(([, name = '']) => name))).toEqual([])
  expect(
    unknown(
      last('ENV')
        .split(' ')
        .map((pair) => pair.split('=')[0] ?? ''),
    ),
  ).toEqual([])
})

test('nobody ends a server before it has ended by itself', () => {
  expect(homerooms).toHaveLength(4)
  for (const [name, { stop_grace_period }] of homerooms)
    expect(seconds(stop_grace_period ?? ''), name).toBeGreaterThan(whatADrainTakes)
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(whatADrainTakes)
  expect(seconds(found(unit, /^TimeoutStopSec=(.+)$/m))).toBeGreaterThan(whatADrainTakes)
  expect(Number(found(read('Dockerfile'), /--stop-timeout (\d+)/))).toBeGreaterThan(whatADrainTakes)
})

test('on SQLite compose starts one server, on PostgreSQL three behind HAProxy, with their secrets in files', () => {
  const named = (profile: string) => services.filter(([, one]) => one.profiles.includes(profile)).map(([name]) => name)
  expect(named('sqlite')).toEqual(['homeroom'])
  const three = ['homeroom-1', 'homeroom-2', 'homeroom-3']
  expect(named('postgresql')).toEqual([...three, 'haproxy', 'postgresql'])
  for (const name of three) expect(haproxy).toContain(`server ${name} ${name}:${production.port}`)
  for (const [name, { environment, volumes, ...service }] of homerooms) {
    expect(service.read_only, name).toBe(true)
    expect(
      volumes.some((volume) => volume.endsWith('/app/data')),
      name,
    ).toBe(true)
    if (three.includes(name)) expect(environment.DATABASE_URL_FILE).toBe('/run/secrets/database-url')
  }
  expect(read('compose.yaml')).not.toMatch(/postgres:\/\/\w+:\w/)
})

test('HAProxy notices a draining server before that stops listening', () => {
  const [, inter = '', fall = ''] = /default-server check inter (\w+) fall (\d+)/.exec(haproxy) ?? []
  const check = seconds(found(haproxy, /^\s*timeout check (\w+)/m))
  const needed = seconds(inter) * Number(fall) + check + seconds(inter)
  expect(needed).toBeGreaterThan(0)
  expect(needed).toBeLessThanOrEqual(production.drainDelayMs / 1000)
  for (const [name, { environment, profiles }] of homerooms)
    if (profiles.includes('postgresql'))
      expect(Number(environment.DRAIN_DELAY_MS) / 1000, name).toBeGreaterThanOrEqual(needed)
  expect(haproxy).toMatch(/^\s*http-check send meth GET uri \/health\/ready ver HTTP\/1\.1 hdr Host \w+$/m)
  expect(haproxy).toMatch(/^\s*retries [1-9]$/m)
  expect(haproxy).toMatch(/^\s*option redispatch/m)
})

test('a balancer closes idle connections before a server does, and bears the silence of the event stream', () => {
  const ourIdle = Number(found(read('server/runtime/http-server.ts'), /keepAliveTimeout: ([\d_]+)/).replace('_', ''))
  expect(seconds(found(haproxy, /^\s*timeout http-keep-alive (\w+)/m)) * 1000).toBeLessThan(ourIdle)
  expect(seconds(found(nginx, /^\s*keepalive_timeout (\w+);/m)) * 1000).toBeLessThan(production.drainDelayMs)
  expect(seconds(found(haproxy, /^\s*timeout server (\w+)/m))).toBeGreaterThan(15)
  expect(seconds(found(nginx, /^\s*proxy_read_timeout (\w+);/m))).toBeGreaterThan(15)
  expect(nginx).toMatch(/location = \/trpc\/live\.changes \{[^}]*proxy_buffering off;/)
  expect(nginx).toMatch(/proxy_next_upstream [^;]*non_idempotent/)
})

test('systemd signals the primary alone, and reloads it by HUP', () => {
  expect(unit).toMatch(/^KillMode=mixed$/m)
  expect(unit).toMatch(/^ExecReload=\/bin\/kill -HUP \$MAINPID$/m)
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node dist\/server\/homeroom\.js start$/m)
  expect(unit).not.toMatch(/^(MemoryDenyWriteExecute=(yes|true)|LoadCredential)/m)
})

test('the Kubernetes manifests follow the schemas of Kubernetes', () => {
  const kinds = { Deployment, PodDisruptionBudget, Secret, Service }
  expect(manifests.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds))
  for (const [kind, Model] of Object.entries(kinds)) new Model(manifest(kind)).validate()
  expect(() => new Deployment({ ...manifest('Deployment'), spec: { replicas: 'three' } }).validate()).toThrow()
})

test('Kubernetes asks the server at addresses that it answers, and takes none away before another is ready', () => {
  const app = read('server/app.ts')
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'])
    expect(app, probe).toContain(`app.get('${container[probe].httpGet.path}'`)
  expect(container.livenessProbe.httpGet.path).not.toBe(container.readinessProbe.httpGet.path)
  expect(manifest('Deployment').spec.strategy.rollingUpdate.maxUnavailable).toBe(0)
  expect(manifest('PodDisruptionBudget').spec.maxUnavailable).toBe(1)
  expect(container.ports.map(({ containerPort }: { containerPort: number }) => containerPort)).toContain(
    production.port,
  )
  const label = { 'app.kubernetes.io/name': 'homeroom' }
  for (const kind of ['Deployment', 'PodDisruptionBudget'])
    expect(manifest(kind).spec.selector.matchLabels).toEqual(label)
  expect(manifest('Service').spec.selector).toEqual(label)
})

test('in Kubernetes Prometheus asks the port that the server and the docs name', () => {
  const { value: port } = container.env.find(({ name }: { name: string }) => name === 'METRICS_PORT')
  const declared = container.ports.find(({ name }: { name: string }) => name === 'metrics')
  expect(declared.containerPort).toBe(Number(port))
  expect(manifest('Deployment').spec.template.metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': port,
    'prometheus.io/path': '/metrics',
  })
  for (const file of ['docs/operating.md', 'docs/deploying.md']) expect(read(file), file).toContain(port)
})

test('in Kubernetes it runs without rights, and reads its secret from a file', () => {
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: Number(last('USER').split(':')[0]) })
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
  const mounts = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)
  expect(mounts).toContain(last('VOLUME'))
  const file = container.env.find(({ name }: { name: string }) => name === 'DATABASE_URL_FILE').value
  const [key] = Object.keys(manifest('Secret').stringData)
  expect(file).toBe(`${mounts.at(-1)}/${key}`)
})

test('no proxy logs what follows the question mark of an address, where names that somebody searched for may stand', () => {
  const logged = found(haproxy, /log-format "(.*)"/)
  expect(logged).toContain('%HP ')
  expect(logged).not.toMatch(/%(?:r|HU|HQ|hr|hs)\b/)
  expect(haproxy).not.toContain('option httplog')
  const [line, name] = [found(nginx, /log_format homeroom '(.*)';/), found(nginx, /access_log \S+ (\w+);/)]
  expect(name).toBe('homeroom')
  expect(line).toContain('$uri')
  expect(line).not.toMatch(/\$(?:request\b(?!_method|_time)|request_uri|args|query_string|http_referer|arg_)/)
})

test('HAProxy with two colours differs from the one with several servers only in how it balances', () => {
  const colours = read('deploy/haproxy-blue-green.cfg')
  const same = (text: string, from: RegExp, to: RegExp) => {
    const begun = text.slice(text.search(from))
    return begun.slice(0, begun.search(to))
  }
  const withoutFiles = haproxy.replace(/^ {2}use_backend files .*\n/m, '')
  for (const [from, to] of [
    [/^defaults$/m, /^\n/m],
    [/^frontend people$/m, /^\n/m],
  ] as const)
    expect(same(colours, from, to)).toBe(same(withoutFiles, from, to))
  const checks = (text: string) =>
    text.match(/^ {2}(?:option httpchk|http-check|timeout check|retries) ?.*$/gm)?.slice(0, 5)
  expect(checks(colours)).toEqual(checks(haproxy))
  expect(colours).toMatch(/stats socket \S+ mode 600 level admin/)
})
