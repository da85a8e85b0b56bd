/**
 * `npm run release -- notes <version>` prints what users notice of a version, `-- sbom` writes the bill of materials into `reports/`,
 * and `-- publish` does both for the tag in GITHUB_REF_NAME and makes the release of it.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** The version's section of CHANGELOG.md, or what is not released yet. Throws when both are missing or empty. */
export function notesOf(changelog: string, version: string): string {
  const sections = new Map(
    changelog.split(/^## /m).map((section) => {
      const end = section.indexOf('\n')
      return [section.slice(0, end).trim(), section.slice(end).trim()] as const
    }),
  )
  const notes = sections.get(version) ?? sections.get('Unreleased')
  if (!notes) throw new Error(`CHANGELOG.md says nothing of ${version}`)
  return notes
}

/** Throws when a tag is no version, or another one than package.json has. */
export function versionOf(tag: string, own: string): string {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1]
  if (!version) throw new Error(`A release has a tag such as v1.2.3, not ${tag}`)
  if (version !== own) throw new Error(`The tag is ${tag}, and package.json has version ${own}`)
  return version
}

/** Of what is shipped, from package-lock.json alone. Answers the file. */
function writeSbom(): string {
  const args = ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only', '--offline']
  const file = join(root, 'reports/sbom.cdx.json')
  mkdirSync(join(root, 'reports'), { recursive: true })
  writeFileSync(file, execFileSync('npm', args, { cwd: root, maxBuffer: 64 * 1024 ** 2 }))
  return file
}

/** Once more for the same tag, it gives the release that is there its files anew. */
function publish(tag: string): void {
  const version = versionOf(tag, JSON.parse(read('package.json')).version)
  const notes = join(root, 'reports/notes.md')
  const sbom = writeSbom()
  writeFileSync(notes, `${notesOf(read('CHANGELOG.md'), version)}\n`)
  const gh = (...args: string[]) => execFileSync('gh', ['release', ...args], { cwd: root, stdio: 'inherit' })
  try {
    gh('create', tag, '--verify-tag', '--title', version, '--notes-file', notes, sbom)
  } catch {
    gh('edit', tag, '--notes-file', notes)
    gh('upload', tag, '--clobber', sbom)
  }
}

function main([what, version]: string[]): void {
  if (what === 'notes' && version) console.log(notesOf(read('CHANGELOG.md'), version))
  else if (what === 'sbom') console.log(writeSbom())
  else if (what === 'publish') publish(process.env.GITHUB_REF_NAME ?? '')
  else {
    console.error('npm run release -- notes <version> | sbom | publish')
    process.exitCode = 2
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2))
