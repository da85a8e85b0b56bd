/** Releases to ship: what was built, and copies of it in which something is different or broken. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFolder } from '../reliability/app.ts'

const folders: string[] = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export function copied(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-shipped-'))
  folders.push(folder)
  for (const part of ['dist', 'drizzle', 'package.json'])
    cpSync(join(appFolder(), part), join(folder, part), { recursive: true })
  symlinkSync(join(appFolder(), 'node_modules'), join(folder, 'node_modules'))
  return folder
}

const named = /^(.+-)([\w-]{8})(\.\w+)$/
/** Each file of the screens has another name, as after a change of every source. What was compressed is left out. */
export function otherFiles(release: string, mark: string): string {
  const assets = join(release, 'dist/client/assets')
  for (const name of readdirSync(assets)) if (/\.(br|gz)$/.test(name)) rmSync(join(assets, name))
  const names = readdirSync(assets).filter((name) => named.test(name))
  const renamed = new Map(names.map((name) => [name, name.replace(named, `$1${mark}$2$3`)]))
  const pattern = new RegExp([...renamed.keys()].map((name) => name.replaceAll(/[.$]/g, '\\$&')).join('|'), 'g')
  const texts = [join(release, 'dist/client/index.html'), ...names.map((name) => join(assets, name))]
  for (const file of texts.filter((path) => /\.(html|js|css)$/.test(path)))
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(pattern, (name) => renamed.get(name) ?? name),
    )
  for (const [name, other] of renamed) renameSync(join(assets, name), join(assets, other))
  return release
}

/** Puts `body` before each count of students. Throws where the build has none any more. */
export function counting(release: string, body: string): string {
  const call = 'query(call(studentList.count))'
  const server = join(release, 'dist/server')
  const file = readdirSync(server).find((name) => readFileSync(join(server, name), 'utf8').includes(call))
  if (!file) throw new Error('no file of the build counts students')
  const text = readFileSync(join(server, file), 'utf8')
  writeFileSync(
    join(server, file),
    text.replace(call, `query(async (options) => { ${body}; return call(studentList.count)(options) })`),
  )
  return release
}

/** Without the script of its page. */
export function withoutScript(release: string): string {
  const page = readFileSync(join(release, 'dist/client/index.html'), 'utf8')
  const script = /src="\/(assets\/[\w.-]+\.js)"/.exec(page)?.[1] ?? ''
  for (const ending of ['', '.br', '.gz']) rmSync(join(release, 'dist/client', script + ending), { force: true })
  return release
}

/** With one more step, on which the version before may start. */
export function withStep(release: string, statement: string): string {
  for (const database of ['sqlite', 'postgresql']) {
    const file = join(release, 'drizzle', database, 'meta/_journal.json')
    const journal = JSON.parse(readFileSync(file, 'utf8'))
    const last = journal.entries.at(-1)
    const tag = `${String(last.idx + 1).padStart(4, '0')}_planted`
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag })
    writeFileSync(file, JSON.stringify(journal))
    writeFileSync(join(release, 'drizzle', database, `${tag}.sql`), `-- compatible: planted\n${statement}\n`)
  }
  return release
}

export const withFailingStep = (release: string): string =>
  withStep(release, 'ALTER TABLE "nowhere" ADD COLUMN "x" text;')
