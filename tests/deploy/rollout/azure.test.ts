/** What is run in Azure, word by word, by an `az` that records it and answers from a table. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { Azure } from '../../../deploy/rollout/azure.ts'
import type { Target } from '../../../deploy/rollout/backend.ts'
import type { AzureSettings } from '../../../deploy/rollout/settings.ts'
import { parseSettings } from '../../../deploy/rollout/settings.ts'
import { temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const [record, answers] = [join(folder.path, 'record'), join(folder.path, 'answers')]
const path = process.env.PATH
process.env.PATH = `${folder.path}:${path}`
afterAll(() => {
  process.env.PATH = path
  folder.done()
})

/** The first line of the table whose words are in the command answers it; without one it fails. */
const stub = `#!/bin/sh
printf '%s|' "$@" >> '${record}'; printf '\\n' >> '${record}'
while IFS='	' read -r words answer; do
  case "$*" in *"$words"*) printf '%s\\n' "$answer"; exit 0 ;; esac
done < '${answers}'
echo "ERROR: nothing is there" >&2; exit 3
`
writeFileSync(join(folder.path, 'az'), stub)
chmodSync(join(folder.path, 'az'), 0o755)

const settings = parseSettings(
  JSON.stringify({
    on: 'azure',
    folder: folder.path,
    resourceGroup: 'school',
    app: 'homeroom',
    migrationJob: 'homeroom-migrate',
    backup: { server: 'school-db' },
    check: { email: 'check@school.example', passwordFile: '/etc/homeroom/check-password' },
    startSeconds: 0.2,
    watch: { pollSeconds: 0.01 },
  }),
  'rollout.json',
) as AzureSettings
const azure = new Azure(settings)
const image = 'school.azurecr.io/homeroom@sha256:0123'
const green: Target = { colour: 'green', release: image, id: 'r20261201140000' }
const blue: Target = { colour: 'blue', release: 'school.azurecr.io/homeroom@sha256:9876', id: 'r20261101140000' }

const app = (
  change: object = {},
  traffic: object[] = [{ revisionName: 'homeroom--r20261101140000', weight: 100 }],
) => ({
  id: '/subscriptions/s/resourceGroups/school/providers/Microsoft.App/containerapps/homeroom',
  properties: {
    configuration: {
      activeRevisionsMode: 'Multiple',
      ingress: { fqdn: 'homeroom.happy.westeurope.azurecontainerapps.io', traffic },
      ...change,
    },
    template: { terminationGracePeriodSeconds: 60 },
  },
})
const healthy = {
  properties: { active: true, healthState: 'Healthy', runningState: 'Running', provisioningState: 'Provisioned' },
}
function answered(table: Record<string, object | null>): void {
  const lines = Object.entries(table).map(([words, answer]) => `${words}\t${answer ? JSON.stringify(answer) : ''}\n`)
  writeFileSync(answers, lines.join(''))
}
const end = '--only-show-errors|--output|json|'
const ran = () =>
  readFileSync(record, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(end, '').replace('--resource-group|school|', '').replaceAll('|', ' ').trim())
beforeEach(() => writeFileSync(record, ''))

test('the migration is a job with the new image, waited for', async () => {
  answered({
    'job start': { name: 'homeroom-migrate-abc12' },
    'job update': {},
    'job execution show': { properties: { status: 'Succeeded' } },
  })
  expect(await azure.migrate(image)).toContain('homeroom-migrate-abc12')
  expect(ran()).toEqual([
    `containerapp job update --name homeroom-migrate --image ${image}`,
    'containerapp job start --name homeroom-migrate',
    'containerapp job execution show --name homeroom-migrate --job-execution-name homeroom-migrate-abc12',
  ])
})

test('a job that failed is a failed migration', async () => {
  answered({
    'job start': { name: 'homeroom-migrate-abc12' },
    'job update': {},
    'job execution show': { properties: { status: 'Failed' } },
  })
  await expect(azure.migrate(image)).rejects.toThrow(/migration failed: the job homeroom-migrate-abc12 is Failed/)
})

test('a colour is a revision with a label, and gets nothing yet', async () => {
  answered({ 'revision copy': {}, 'revision label add': {} })
  await expect(azure.start(green)).rejects.toThrow(/homeroom--r20261201140000 was not healthy within 0.2 s/)
  expect(ran().slice(0, 3)).toEqual([
    'containerapp revision show --name homeroom --revision homeroom--r20261201140000',
    `containerapp revision copy --name homeroom --image ${image} --revision-suffix r20261201140000`,
    'containerapp revision label add --name homeroom --label green --revision homeroom--r20261201140000 --yes',
  ])
})

test('a start that was interrupted goes on with the revision that is there', async () => {
  answered({ 'revision show': healthy, 'revision label add': {} })
  await azure.start(green)
  expect(ran().filter((line) => line.includes('copy'))).toEqual([])
  answered({ 'revision show': { properties: { ...healthy.properties, active: false } }, activate: {}, label: {} })
  await expect(azure.start(green)).rejects.toThrow(/not healthy/)
  expect(ran()).toContain('containerapp revision activate --name homeroom --revision homeroom--r20261201140000')
})

test('shares are weights of both revisions by name, in one command', async () => {
  answered({ 'traffic set': [] })
  await azure.shift({ blue: 90, green: 10 }, { blue, green })
  expect(ran()).toEqual([
    'containerapp ingress traffic set --name homeroom --revision-weight homeroom--r20261101140000=90 homeroom--r20261201140000=10',
  ])
})

test('the old revision is deactivated once', async () => {
  answered({ 'revision show': healthy, deactivate: {} })
  await azure.stop(blue)
  answered({ 'revision show': { properties: { active: false } } })
  await azure.stop(blue)
  expect(ran().filter((line) => line.includes('deactivate'))).toEqual([
    'containerapp revision deactivate --name homeroom --revision homeroom--r20261101140000',
  ])
})

test('an app that would send everybody to a new revision at once is refused', async () => {
  answered({ 'containerapp show': app() })
  await azure.inspect()
  for (const [wrong, said] of [
    [app({ activeRevisionsMode: 'Single' }), /mode "multiple"/],
    [app({}, [{ latestRevision: true, weight: 100 }]), /whichever that is/],
    [
      { ...app(), properties: { ...app().properties, template: {} } },
      /termination grace period is 30 s, and graceSeconds says 40/,
    ],
  ] as const) {
    answered({ 'containerapp show': wrong })
    await expect(azure.inspect()).rejects.toThrow(said)
  }
})

test('a colour is visited by the name of its label', async () => {
  answered({ 'containerapp show': app() })
  expect(await azure.addressOf(green)).toBe('https://homeroom---green.happy.westeurope.azurecontainerapps.io')
})

test('the newest backup is the one that was completed last', async () => {
  answered({
    'backup list': [
      { name: 'backup_1', completedTime: '2026-11-30T02:00:00Z' },
      { name: 'backup_2', completedTime: '2026-12-01T02:00:00Z' },
    ],
  })
  expect(await azure.newestBackup()).toMatchObject({ name: 'backup_2', at: new Date('2026-12-01T02:00:00Z') })
  expect(ran()).toEqual(['postgres flexible-server backup list --server-name school-db'])
  answered({ 'backup list': [] })
  await expect(azure.newestBackup()).rejects.toThrow(/school-db has no backup/)
})

test('a command that fails says in its own words why', async () => {
  answered({})
  await expect(azure.inspect()).rejects.toThrow('az containerapp show failed: ERROR: nothing is there')
})
