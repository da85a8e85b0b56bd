import { NativeSelect } from '@mantine/core'
import type { Telling } from '../../db/folding.ts'
import { recordKinds } from '../../db/values.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { AnyRecord } from '../records/record-kind.ts'
import { useKindWords } from '../records/record-kind.ts'
import { uniqueField } from './check-rows.ts'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import type { Decided, Known } from './standing.ts'
import { canAdd, choiceOf, differing } from './standing.ts'
import type { Paste } from './use-paste.ts'

/** Namesakes are told apart by what else is known of them. */
function useCalled({ kind, shape }: AnyPasteKind) {
  const telling: Telling = recordKinds[shape.name].telling
  const { date, list } = useFormats()
  return ({ record, values }: Known): string => {
    const unique = uniqueField(shape)
    const more = [...(unique && !telling.names.includes(unique) ? [unique] : []), ...telling.apart].flatMap((name) => {
      const value = values[name]
      if (typeof value !== 'string' || !value) return []
      return shape.fields[name]?.is === 'day' ? date(value) : value
    })
    const name = kind.nameOf(record as AnyRecord)
    return more.length ? `${name} (${list(more)})` : name
  }
}

/** What is said of a row that is known already. */
function useSentence(pasteKind: AnyPasteKind) {
  const words = useWords(pasteWords)
  const { list } = useFormats()
  const called = useCalled(pasteKind)
  const { fields } = useKindWords(pasteKind.kind)
  return (row: Decided): string => {
    const { standing } = row
    if (standing.is === 'twin')
      return `${words.problems.twice(standing.of)} ${list(standing.by.map((name) => fields[name] ?? name))}`
    if (standing.is !== 'known') return words.same
    const [first, other] = standing.among
    if (!first) return ''
    if (other) return words.several(pasteKind.kind.nameOf(first.record), standing.among.length)
    if (first.record.archivedAt) return words.knownArchived(called(first))
    return words.known(list(differing(row, first).map(({ field }) => field.label)))
  }
}

interface RowChoiceProps {
  pasteKind: AnyPasteKind
  row: Decided
  paste: Paste
}

export function RowChoice({ pasteKind, row, paste }: RowChoiceProps) {
  const words = useWords(pasteWords)
  const called = useCalled(pasteKind)
  const sentence = useSentence(pasteKind)(row)
  const { standing, row: pasted } = row
  const among = standing.is === 'known' ? standing.among.filter(({ record }) => !record.archivedAt) : []
  const options = [
    { value: '', label: standing.is === 'same' ? words.same : words.choices[''] },
    { value: 'skip', label: words.choices.skip },
    ...among.map((one) => ({ value: choiceOf(one), label: words.choices.update(called(one)) })),
    ...(standing.is === 'twin' && standing.canJoin ? [{ value: 'join', label: words.choices.join(standing.of) }] : []),
    ...(canAdd(row, standing, uniqueField(pasteKind.shape)) ? [{ value: 'add', label: words.choices.add }] : []),
  ]
  const isChosen = options.some(({ value }) => value === pasted.choice)
  const [problem] = row.state === 'bad' ? Object.values(row.problems) : []
  return (
    <span className="paste-choice">
      {standing.is !== 'same' && (
        <span className={isChosen && !problem ? 'dim' : 'paste-problem'} title={problem ?? sentence}>
          {problem ?? sentence}
        </span>
      )}
      <NativeSelect
        size="xs"
        aria-label={words.choice(pasted.id)}
        title={sentence}
        data={options}
        value={isChosen ? pasted.choice : ''}
        onChange={(event) => paste.setChoices(new Map([[pasted.id, event.currentTarget.value || null]]))}
      />
    </span>
  )
}

const updateOf = ({ standing }: Decided): string | undefined => {
  const [only, other] = standing.is === 'known' ? standing.among : []
  return only && !other && !only.record.archivedAt ? choiceOf(only) : undefined
}

/** The same for all rows that are known already; what must be said row by row is left to its row. */
export function ChoiceOfAll({ pasteKind, paste }: Omit<RowChoiceProps, 'row'>) {
  const words = useWords(pasteWords)
  const unique = uniqueField(pasteKind.shape)
  const choose = (choice: string) => {
    const chosen = paste.asked.flatMap((row): [number, string | null][] => {
      if (choice === 'update') {
        const update = updateOf(row)
        return update ? [[row.row.id, update]] : []
      }
      if (choice === 'add' && !canAdd(row, row.standing, unique)) return []
      return [[row.row.id, choice || null]]
    })
    paste.setChoices(new Map(chosen))
  }
  const [first] = paste.asked
  const isUpdated = (row: Decided) => row.row.choice !== undefined && row.row.choice === updateOf(row)
  const all = (is: (row: Decided) => boolean) => Boolean(first) && paste.asked.every(is)
  const value = all(isUpdated)
    ? 'update'
    : all(({ row }) => row.choice === 'skip')
      ? 'skip'
      : all(({ row }) => row.choice === 'add')
        ? 'add'
        : ''
  if (!first) return null
  return (
    <NativeSelect
      size="xs"
      className="paste-known"
      label={words.allKnown}
      description={words.emptyStay}
      data={Object.entries(words.allChoices).map(([one, label]) => ({ value: one, label }))}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}
