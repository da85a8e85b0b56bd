/** The settings file. What is secret stands in files that it names. */
import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { UsageError } from '../../server/cli/command.ts'

const whole = (least: number) => z.number().int().min(least)
const share = z.number().int().min(1).max(100)

const watching = z
  .strictObject({
    seconds: z.number().positive().default(120),
    patienceSeconds: z.number().positive().default(1800),
    pollSeconds: z.number().positive().default(5),
    leastCalls: whole(1).default(300),
    errors: z.number().min(0).max(1).default(0.01),
    slower: z.number().min(1).default(1.5),
    slowerMs: z.number().min(0).default(100),
    alarmFailed: whole(1).default(10),
    alarmErrors: z.number().min(0).max(1).default(0.05),
    /** What becomes of a version that too few people use to judge it, as at night. */
    few: z.enum(['back', 'go on']).default('back'),
  })
  .refine(
    ({ seconds, patienceSeconds }) => patienceSeconds >= seconds,
    'watch.patienceSeconds is less than watch.seconds',
  )

const common = {
  /** Holds the state of the rollout, and on this machine the logs and what the colours share. */
  folder: z.string().refine(isAbsolute, 'a whole path: the program is run in a folder of its own for each release'),
  check: z.strictObject({ email: z.string().min(3), passwordFile: z.string().min(1) }),
  shares: z
    .array(share)
    .default([10, 50, 100])
    .refine(
      (shares) => shares.at(-1) === 100 && shares.every((one, index) => one > (shares[index - 1] ?? 0)),
      'shares grow, and the last is 100',
    ),
  watch: watching.prefault({}),
  startSeconds: z.number().positive().default(120),
  graceSeconds: z.number().positive().default(40),
}
const ports = z.strictObject({ port: whole(1).max(65_535), metricsPort: whole(1).max(65_535) })

const machine = z.strictObject({
  ...common,
  on: z.literal('this machine'),
  backup: z.strictObject({
    folder: z.string().min(1),
    keyFile: z.string().min(1).optional(),
    maxAgeHours: z.number().positive().default(26),
  }),
  /** Settings of the servers, beside the environment that the program itself runs in. */
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).default({}),
  haproxy: z.strictObject({
    socket: z.string().min(1),
    backend: z
      .string()
      .regex(/^[\w.-]+$/)
      .default('homeroom'),
  }),
  colours: z.strictObject({ blue: ports, green: ports }),
})

const azureName = z.string().regex(/^[\w.()-]+$/)
const azure = z.strictObject({
  ...common,
  on: z.literal('azure'),
  backup: z.strictObject({ server: azureName, maxAgeHours: z.number().positive().default(26) }),
  resourceGroup: azureName,
  app: azureName,
  migrationJob: azureName,
  subscription: azureName.optional(),
})

export type MachineSettings = z.infer<typeof machine>
export type AzureSettings = z.infer<typeof azure>
export type Settings = MachineSettings | AzureSettings

/** A password in an environment that the file holds would lie in backups of the file. */
const secretNames = /PASSWORD|SECRET|TOKEN|_KEY$|^(DATABASE|MOVE|BACKUP)_.*URL$/

/** Throws `UsageError` for the first wrong setting. */
export function parseSettings(text: string, name: string, outer: NodeJS.ProcessEnv = process.env): Settings {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new UsageError(`${name} is not JSON`)
  }
  const { success, data, error } = z.discriminatedUnion('on', [machine, azure]).safeParse(given)
  if (!success) {
    const [issue] = error.issues
    throw new UsageError(`${name}: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`)
  }
  if (data.on === 'this machine') refuseUnsafe(data, name, outer)
  return data
}

/** What is said relative to a folder would be another register for each release. */
function requireOneRegister(environment: Record<string, string | undefined>, name: string): void {
  const url = environment.DATABASE_URL
  if (!url && !environment.DATABASE_URL_FILE)
    throw new UsageError(`${name}: environment has neither DATABASE_URL nor DATABASE_URL_FILE`)
  if (url?.startsWith('file:') && !isAbsolute(url.slice('file:'.length)))
    throw new UsageError(
      `${name}: environment.DATABASE_URL names its file with the whole path, such as file:/srv/homeroom/homeroom.db`,
    )
}

function refuseUnsafe({ environment, graceSeconds }: MachineSettings, name: string, outer: NodeJS.ProcessEnv): void {
  requireOneRegister({ ...outer, ...environment }, name)
  const secret = Object.entries(environment).find(([key, value]) => secretNames.test(key) && !/^file:/.test(value))
  if (secret) throw new UsageError(`${name}: environment.${secret[0]} holds a secret: name a file in ${secret[0]}_FILE`)
  const deadline = Number(environment.DRAIN_DEADLINE_MS ?? outer.DRAIN_DEADLINE_MS ?? 25_000)
  if (graceSeconds * 1000 < deadline + 2000)
    throw new UsageError(`${name}: graceSeconds must be 2 s above DRAIN_DEADLINE_MS, which is ${deadline}`)
}

export function readSettings(file: string): Settings {
  try {
    return parseSettings(readFileSync(file, 'utf8'), file)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} can not be read: --settings names the file that docs/deploying.md describes`)
  }
}
