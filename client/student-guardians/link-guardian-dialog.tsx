import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { createGuardianInput } from '../../server/guardians/input.ts'
import { sentenceOf } from '../errors.ts'
import type { GuardianRow } from '../guardians/guardian-kind.ts'
import { guardianWords } from '../guardians/guardian-kind.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { typedOn } from '../records/record-fields.tsx'
import { useTrpc } from '../school.tsx'
import { Finder } from '../ui/finder.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { LinkFields, useLinkValues } from './link-fields.tsx'
import type { GuardianLink } from './use-links.ts'
import { linkWords, useLinkWrites } from './use-links.ts'

const limit = 8

function useFoundGuardians(text: string): GuardianRow[] | undefined {
  const trpc = useTrpc()
  const typed = text.trim()
  const [search] = useDebouncedValue(typed, 120)
  const { data } = useQuery(trpc.guardians.list.queryOptions({ search, limit }, { enabled: search !== '' }))
  return search === typed ? data?.rows : undefined
}

interface FindProps {
  text: string
  onType(text: string): void
  linked: readonly GuardianLink[]
  onPick(guardian: GuardianRow): void
  onAddNew(): void
}

/** Known guardians are searched first, because siblings share them. */
function FindGuardian({ text, onType, linked, onPick, onAddNew }: FindProps) {
  const words = useWords(linkWords)
  const { studentsOf } = useWords(guardianWords)
  const found = useFoundGuardians(text)
  const isLinked = (id: string) => linked.some(({ guardianId }) => guardianId === id)
  return (
    <div className="find-guardian">
      <Finder
        label={words.find}
        placeholder={words.findHint}
        text={text}
        onType={onType}
        found={found?.map((one) => ({
          id: one.id,
          label: listName(one),
          second: [one.phone ?? one.email, one.students > 0 && studentsOf(one.students)].filter(Boolean).join(' · '),
          refusal: isLinked(one.id) ? words.isLinked : undefined,
        }))}
        nothing={words.nothing(text.trim())}
        onPick={({ id }) => {
          const one = found?.find((row) => row.id === id)
          if (one) onPick(one)
        }}
      />
      <p className="dim">{words.searchFirst}</p>
      <div>
        <Button variant="default" onClick={onAddNew}>
          {words.addNew}
        </Button>
      </div>
    </div>
  )
}

const texts = ['givenName', 'familyName', 'phone', 'email'] as const
type NewGuardian = Record<(typeof texts)[number], string>

/** 'Gina Abara' typed into the search becomes the name; a number or address goes where it belongs. */
function begunWith(text: string): NewGuardian {
  const nothing = { givenName: '', familyName: '', phone: '', email: '' }
  const typed = text.trim()
  if (typed.includes('@')) return { ...nothing, email: typed }
  if (/\d/.test(typed)) return { ...nothing, phone: typed }
  const [givenName = '', ...rest] = typed.split(/\s+/)
  return { ...nothing, givenName, familyName: rest.join(' ') }
}

const idOf = (field: string) => `new-guardian-${field}`

function useNewGuardian() {
  const words = useWords(guardianWords)
  const { invalid, tooLong } = useMessages().errors
  const [values, set] = useState<NewGuardian | null>(null)
  const [errors, setErrors] = useState<Partial<NewGuardian>>({})
  const sentenceFor = (field: keyof NewGuardian, code: string) => {
    if (!values?.[field].trim()) return (words.missing as Partial<NewGuardian>)[field] ?? invalid
    return code === 'too_big' ? tooLong : ((words.wrong as Partial<NewGuardian>)[field] ?? invalid)
  }
  /** Whether the server will take it; what it won't is said at its field. */
  const check = (): boolean => {
    const issues = createGuardianInput.safeParse(values).error?.issues ?? []
    const wrong: Partial<NewGuardian> = {}
    for (const { path, code } of issues) {
      const field = path[0] as keyof NewGuardian
      wrong[field] ??= sentenceFor(field, code)
    }
    setErrors(wrong)
    const first = texts.find((field) => wrong[field])
    if (first) goToField(idOf(first))
    return !first
  }
  return { values, errors, set, check }
}

function NewGuardianFields({ guardian, onFind }: { guardian: ReturnType<typeof useNewGuardian>; onFind(): void }) {
  const { fields } = useWords(guardianWords)
  const words = useWords(linkWords)
  const { values, errors, set } = guardian
  if (!values) return null
  return (
    <>
      <div className="two-fields">
        {texts.map((field, index) => (
          <TextInput
            key={field}
            id={idOf(field)}
            label={fields[field]}
            autoComplete="off"
            {...(field === 'phone' && typedOn('tel'))}
            {...(field === 'email' && typedOn('email'))}
            {...(index === 0 && { autoFocus: true })}
            value={values[field]}
            error={errors[field]}
            onChange={(event) => set({ ...values, [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div>
        <Button variant="default" onClick={onFind}>
          {words.findInstead}
        </Button>
      </div>
    </>
  )
}

const Chosen = ({ guardian, onOther }: { guardian: GuardianRow; onOther(): void }) => {
  const words = useWords(linkWords)
  return (
    <div className="chosen-guardian">
      <div>
        <strong>{fullName(guardian)}</strong>
        <span className="dim">{[guardian.phone, guardian.email].filter(Boolean).join(' · ')}</span>
      </div>
      <Button variant="default" onClick={onOther}>
        {words.otherGuardian}
      </Button>
    </div>
  )
}

interface LinkGuardianDialogProps {
  student: { id: string; name: string }
  linked: readonly GuardianLink[]
  onClose(): void
}

export default function LinkGuardianDialog({ student, linked, onClose }: LinkGuardianDialogProps) {
  const messages = useMessages()
  const words = useWords(linkWords)
  const [text, setText] = useState('')
  const [known, setKnown] = useState<GuardianRow | null>(null)
  const [isMissing, setMissing] = useState(false)
  const made = useNewGuardian()
  const fields = useLinkValues()
  const { create } = useLinkWrites(onClose)
  const submit = () => {
    const link = { studentId: student.id, ...fields.values }
    setMissing(!known && !made.values)
    if (known) create.mutate({ ...link, guardianId: known.id })
    else if (made.values && made.check()) create.mutate({ ...link, guardian: made.values })
  }
  return (
    <ShortDialog
      title={words.linkTitle(student.name)}
      submitLabel={words.link}
      isBusy={create.isPending}
      failure={isMissing ? words.choose : create.error && sentenceOf(create.error, messages)}
      onSubmit={submit}
      onClose={onClose}
    >
      {known && <Chosen guardian={known} onOther={() => setKnown(null)} />}
      {!known && made.values && <NewGuardianFields guardian={made} onFind={() => made.set(null)} />}
      {!known && !made.values && (
        <FindGuardian
          text={text}
          onType={setText}
          linked={linked}
          onPick={setKnown}
          onAddNew={() => made.set(begunWith(text))}
        />
      )}
      {(known || made.values) && <LinkFields {...fields} />}
    </ShortDialog>
  )
}
