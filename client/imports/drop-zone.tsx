import { Button, NativeSelect } from '@mantine/core'
import type { DragEvent, RefObject } from 'react'
import { useRef, useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { Failure } from '../ui/page.tsx'
import { chosenIn, chosenInDrop } from './chosen.ts'
import { importWords } from './import-words.ts'
import type { Bundle } from './send.ts'
import { useSending } from './use-sending.ts'
import './imports.css'

type Sending = ReturnType<typeof useSending>

function OnItsWay({ share, cancel }: { share: number; cancel(): void }) {
  const words = useWords(importWords).drop
  const isSent = share >= 1
  return (
    <div className="drop-busy">
      <span role="status">{isSent ? words.reading : words.sending}</span>
      <progress aria-label={words.sending} {...(!isSent && { value: share })} />
      <Button variant="default" size="sm" onClick={cancel}>
        {words.stop}
      </Button>
    </div>
  )
}

interface InputProps {
  of: RefObject<HTMLInputElement | null>
  label: string
  isFolder?: boolean
  send: Sending['send']
}
/** The button beside it opens it. */
const FileInput = ({ of, label, isFolder = false, send }: InputProps) => (
  <input
    ref={of}
    type="file"
    hidden
    multiple
    aria-label={label}
    {...(isFolder ? { webkitdirectory: '' } : { accept: '.zip,.csv' })}
    onChange={({ currentTarget }) => {
      void send(chosenIn(currentTarget.files))
      currentTarget.value = ''
    }}
  />
)

export function DropZone() {
  const words = useWords(importWords).drop
  const [order, setOrder] = useState<Bundle['order']>('')
  const { send, share, failure, cancel } = useSending(order)
  const [isOver, setOver] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is)
  }
  const drop = (event: DragEvent) => {
    over(false)(event)
    if (share === null) void chosenInDrop(event.dataTransfer).then(send)
  }
  return (
    <>
      <Failure>{failure}</Failure>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same by key */}
      <div
        className="drop-zone"
        data-over={isOver || undefined}
        onDragOver={over(true)}
        onDragLeave={over(false)}
        onDrop={drop}
      >
        {share !== null && <OnItsWay share={share} cancel={cancel} />}
        {share === null && (
          <>
            <p>{words.invitation}</p>
            <div className="drop-ways">
              <Button size="sm" onClick={() => files.current?.click()}>
                {words.chooseFiles}
              </Button>
              <Button variant="default" size="sm" onClick={() => folder.current?.click()}>
                {words.chooseFolder}
              </Button>
            </div>
            <p className="dim">{words.hint}</p>
            <NativeSelect
              className="drop-dates"
              label={words.dates}
              value={order}
              data={[
                { value: '', label: words.asFilesTell },
                { value: 'mdy', label: words.monthFirst },
                { value: 'dmy', label: words.dayFirst },
              ]}
              onChange={({ currentTarget }) => setOrder(currentTarget.value as Bundle['order'])}
            />
          </>
        )}
        <FileInput of={files} label={words.chooseFiles} send={send} />
        <FileInput of={folder} label={words.chooseFolder} isFolder send={send} />
      </div>
    </>
  )
}
