import { Button, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { Failure } from '../ui/page.tsx'
import type { ListSheet } from './list-sheet.ts'
import { listWords } from './list-words.ts'
import './lists.css'
import { useExport } from './use-export.ts'

/** A short list is ready before anybody could read how far it is. */
function useIsLate(milliseconds: number): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return isLate
}

export function ExportDialog<Row>({ sheet, onClose }: { sheet: ListSheet<Row>; onClose(): void }) {
  const messages = useMessages()
  const words = useWords(listWords)
  const { read, error } = useExport(sheet, onClose)
  const isLate = useIsLate(300)
  return (
    <Modal
      opened={isLate || Boolean(error)}
      onClose={onClose}
      title={error ? words.exportFailed : words.exporting}
      closeButtonProps={{ 'aria-label': messages.close }}
    >
      <div className="export">
        {error ? (
          <Failure>{sentenceOf(error, messages)}</Failure>
        ) : (
          <>
            <progress aria-label={words.exporting} value={read} max={Math.max(sheet.total ?? read, 1)} />
            <p className="dim digits">{words.read(read, sheet.total)}</p>
          </>
        )}
        <div>
          <Button variant="default" onClick={onClose}>
            {error ? messages.close : words.stop}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
