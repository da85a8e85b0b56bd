import { parseArgs } from 'node:util'
import { follow } from '../../db/setting.ts'
import type { Command, Options } from './command.ts'
import { CommandError, UsageError } from './command.ts'
import { decided } from './decided.ts'
import { sentenceOf } from './sentences.ts'
import { complain, say } from './terminal.ts'

const commands: Record<string, () => Promise<{ command: unknown }>> = {
  start: () => import('./start.ts'),
  init: () => import('./init.ts'),
  school: () => import('./school.ts'),
  user: () => import('./user.ts'),
  import: () => import('./import.ts'),
  demo: () => import('./demo.ts'),
  migrate: () => import('./migrate.ts'),
  backup: () => import('./backup.ts'),
  move: () => import('./move.ts'),
  flags: () => import('./flags.ts'),
  journal: () => import('./journal.ts'),
  detach: () => import('./detach.ts'),
  check: () => import('./check.ts'),
  dev: () => import('./dev.ts'),
}

const inner: typeof commands = {
  worker: () => import('./worker.ts'),
  importer: () => import('./importer.ts'),
  recover: () => import('./recover.ts'),
}

const load = async (name: string) => (await (commands[name] ?? inner[name])?.())?.command as Command | undefined

const columns = (rows: [string, string][]) => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

async function overview(): Promise<string> {
  const rows: [string, string][] = []
  for (const name of Object.keys(commands)) rows.push([name, (await load(name))?.summary ?? ''])
  return `Usage: homeroom <command> [options]\n\n${columns(rows)}\n\nhomeroom <command> --help says more about one.`
}

function help({ summary, usage, options }: Command): string {
  const rows = Object.entries({ ...options, help: { type: 'boolean', help: 'say this' } } as Options).map(
    ([name, { type, short, help }]): [string, string] => [
      `${short ? `-${short}, ` : ''}--${name}${type === 'string' ? ' <value>' : ''}`,
      help,
    ],
  )
  return `Usage: homeroom ${usage}\n\n${summary}\n\n${columns(rows)}`
}

function parse({ options, positionals: most = 0 }: Command, args: string[]) {
  try {
    const own = { ...options, help: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args, options: own, allowPositionals: true, strict: true })
    if (!values.help && positionals.length > most)
      throw new UsageError(`${JSON.stringify(positionals[most])} is one argument too many`)
    return { values, positionals }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

async function run(command: Command, args: string[]): Promise<number> {
  const { values, positionals } = parse(command, args)
  const { help: asked, ...given } = values
  if (!asked) return (await command.run(given, positionals)) ?? 0
  say(help(command))
  return 0
}

async function main([name = '', ...args]: string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    say(await overview())
    return 0
  }
  if (!Object.hasOwn(commands, name) && !Object.hasOwn(inner, name)) {
    const problem = name ? `There is no command ${JSON.stringify(name)}` : 'Say which command to run'
    complain(`${problem}\n\n${await overview()}`)
    return 2
  }
  try {
    // What moves the register works on its file, whatever that says; all others go where the register is.
    if (name === 'move' || name === 'recover') follow('never')
    else await decided()
    const command = await load(name)
    if (!command) throw new CommandError(`The command ${name} can't be loaded`)
    return await run(command, args)
  } catch (error) {
    complain(sentenceOf(error))
    if (!(error instanceof UsageError)) return 1
    complain(`homeroom ${name} --help says how it is used`)
    return 2
  }
}

process.exitCode = await main(process.argv.slice(2))
