import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { Failure } from '../ui/page.tsx'
import { importWords } from './import-words.ts'
import type { Import } from './listed.ts'

/** Ids mean something only together with the system that gave them. */
export function SystemName({ found: { id, choices } }: { found: Import }) {
  const words = useWords(importWords).system
  const messages = useMessages()
  const compare = useMutation(useTrpc().imports.compare.mutationOptions())
  const [source, setSource] = useState(choices.source ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { adopt } = choices
    compare.mutate({ id, ...(source.trim() && { source: source.trim() }), ...(adopt !== undefined && { adopt }) })
  }
  return (
    <form onSubmit={submit}>
      <Failure>{compare.error && sentenceOf(compare.error, messages)}</Failure>
      <div className="import-system">
        <TextInput
          label={words.label}
          description={words.hint}
          value={source}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
        />
        <Button type="submit" variant="default" size="sm" loading={compare.isPending}>
          {words.submit}
        </Button>
      </div>
    </form>
  )
}
