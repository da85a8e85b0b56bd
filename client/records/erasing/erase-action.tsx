import { Button } from '@mantine/core'
import IconEraser from '@tabler/icons-react/dist/esm/icons/IconEraser.mjs'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../messages/messages.tsx'
import { part } from '../../part.ts'
import { useMay } from '../../school.tsx'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import { recordWords } from '../record-words.ts'

const EraseDialog = lazy(part(() => import('./erase-dialog.tsx')))

interface EraseActionProps<R extends AnyRecord> {
  kind: RecordKind<R>
  record: R
}

/** For an archived person, and whoever may take all that is known of them out of the register. */
export function EraseAction<R extends AnyRecord>({ kind, record }: EraseActionProps<R>) {
  const { archiving: words } = useWords(recordWords)
  const mayErase = useMay('person.erase')
  const [isAsking, setAsking] = useState(false)
  if (!mayErase || record.erasedAt === undefined) return null
  return (
    <>
      <Button
        variant="default"
        aria-haspopup="dialog"
        leftSection={<IconEraser size={15} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {words.erase}
      </Button>
      {isAsking && (
        <Suspense>
          <EraseDialog kind={kind} record={record} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}
