/** A copy of the project's db/ and drizzle/ in a temporary folder, where tests may change the schema and the migrations. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface ProjectCopy {
  folder: string
  /** Runs a program in the copy, its DATABASE_URL being `url`. */
  run(url: string, program: string, ...args: string[]): Promise<{ status: number; output: string }>
  /** What bare `npx drizzle-kit <args>` runs. */
  kit(url: string, ...args: string[]): Promise<{ status: number; output: string }>
  /** Replaces a text in a file; throws when it isn't there. */
  edit(file: string, from: string, to: string): void
  remove(): void
}

const drizzleKit = 'node_modules/drizzle-kit/bin.cjs'

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-project-'))
  for (const part of ['db', 'drizzle', 'drizzle.config.ts', 'package.json', 'tsconfig.json'])
    cpSync(part, join(folder, part), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'dir')
  const envOf = (url: string) => ({ ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url, NODE_OPTIONS: '' })
  const run: ProjectCopy['run'] = (url, program, ...args) =>
    new Promise((done) => {
      const env = envOf(url)
      const child = execFile(program, args, { cwd: folder, env }, (error, out, errors) =>
        done({ status: error ? Number(error.code ?? 1) : 0, output: out + errors }),
      )
      child.stdin?.end()
    })
  return {
    folder,
    run,
    kit: (url, ...args) => run(url, process.execPath, drizzleKit, ...args),
    edit(file, from, to) {
      const path = join(folder, file)
      const content = readFileSync(path, 'utf8')
      if (!content.includes(from)) throw new Error(`${file} does not contain ${from}`)
      writeFileSync(path, content.replace(from, to))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
