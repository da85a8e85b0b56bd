/** When the tests of a file have run: what they have seen is recorded, or compared with what was. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../../db/kit.ts'
import type { Noted } from './noted.ts'
import { promisedRouter } from './promised.ts'
import { answerBreaks } from './router.ts'
import type { Schema } from './schema.ts'
import { schemaOf } from './shape.ts'
import { breakSentence } from './words.ts'

/** `npm run contract -- --record` names a folder for it. */
const folder = process.env.HOMEROOM_CONTRACT_SEEN

const howToRecord = (file: string) => `npm run contract -- --record ${file}`

/** Procedures that were never recorded are tests/server/contract.sqlite.test.ts's business. */
export function unpromised(seen: Record<string, Schema>, file: string, promised = promisedRouter()): string[] {
  return Object.entries(seen).flatMap(([where, schema]) => {
    const was = promised[where]?.answer
    return (was ? answerBreaks(was, schema, 'seen') : []).map((one) =>
      one.kind === 'unrecorded'
        ? `${where} answers ${one.at || 'something'}, which is not recorded: ${howToRecord(file)}`
        : `${breakSentence({ who: 'screens', where, way: 'answer', ...one })} If it always could be so: ${howToRecord(file)} --widened`,
    )
  })
}

export function judge(noted: Noted, file: string): void {
  const seen = Object.fromEntries([...noted].map(([path, shape]) => [path, schemaOf(shape)]))
  if (folder) writeFileSync(join(folder, `${newId()}.json`), JSON.stringify(seen))
  const found = folder ? [] : unpromised(seen, file)
  if (found.length) throw new Error(found.join('\n'))
}
