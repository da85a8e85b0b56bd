/** Where the folder for temporary files takes no more, a limit on a file's size stands for a full disk. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')
const program = (steps: string) => `
import { Readable } from 'node:stream'
import { Scratch } from './db/scratch/scratch.ts'
import { spool } from './server/imports/spool.ts'
const say = (error) => console.log(error.name + ' ' + error.trouble + ': ' + error.message)
${steps}`

function said(steps: string): string {
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', program(steps)]
  return execFileSync('bash', ['-c', 'ulimit -c 0; ulimit -f 2000; exec "$@"', 'bash', ...node], {
    cwd: root,
    encoding: 'utf8',
  })
}
const full = 'UnavailableError full: the folder for temporary files (TMPDIR) is full or may not be written\n'
const send = 'await spool(Readable.from([Buffer.alloc(3_000_000)])).catch(say)'

test('files that arrive there are refused as for a full disk', () => {
  expect(said(send)).toBe(full)
  expect(said(`process.env.TMPDIR = '/dev/null'; ${send}`)).toBe(full)
})

test('so is what an import puts aside, and it does not try again and again', () => {
  const fill = "const shelf = new Scratch().shelf(); const text = 'a'.repeat(100_000)"
  expect(
    said(`${fill}; try { for (let n = 0; n < 2000; n++) shelf.add(String(n), text) } catch (error) { say(error) }`),
  ).toBe(full)
})
