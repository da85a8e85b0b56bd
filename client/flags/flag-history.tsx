import { Button } from '@mantine/core'
import { useMessages, useWords } from '../messages/messages.tsx'
import { Empty } from '../ui/empty.tsx'
import { Section } from '../ui/page.tsx'
import type { Flag, Rules } from './flags-words.ts'
import { flagsWords } from './flags-words.ts'
import { useUndoFlag } from './use-undo-flag.ts'

type Entry = Rules['history'][number]
type Side = Entry['before']

const fields = ['mode', 'percent', 'includesOwners', 'roles', 'people', 'schools', 'fromAt'] as const
type Field = (typeof fields)[number]

/** Each field as people say it; empty where the entry tells nothing of it. */
function useSaid() {
  const { history: words, at } = useWords(flagsWords)
  const { roles, yes, no } = useMessages()
  const listed = (names: readonly string[]) => (names.length ? words.list([...names]) : words.nothing)
  return (side: Side, field: Field): string => {
    const { mode, percent, includesOwners, roles: named, people, schools, fromAt } = side
    const said: Record<Field, string | undefined> = {
      mode: mode && words.modes[mode],
      percent: percent === undefined ? undefined : words.percent(percent),
      includesOwners: includesOwners === undefined ? undefined : includesOwners ? yes : no,
      roles: named && listed(named.map((role) => roles[role])),
      people: people && listed(people.map((name) => name || words.gone)),
      schools: schools && listed(schools),
      fromAt: fromAt === undefined ? undefined : fromAt === null ? words.atOnce : at(fromAt),
    }
    return said[field] ?? ''
  }
}

const isEmpty = (value: unknown) =>
  value === null || value === false || value === 0 || (Array.isArray(value) && !value.length)

/** The first entry tells every field: what it leaves empty is no change. */
function Told({ entry: { before, after, version } }: { entry: Entry }) {
  const words = useWords(flagsWords).history
  const said = useSaid()
  const changed = fields.filter(
    (field) => after[field] !== undefined && (before[field] !== undefined || version > 1 || !isEmpty(after[field])),
  )
  return (
    <dl className="flag-told">
      {changed.map((field) => {
        const was = said(before, field)
        return (
          <div key={field}>
            <dt>{words.fields[field]}</dt>
            <dd>
              {was && (
                <>
                  <del className="flag-before">
                    <span className="visually-hidden">{words.was} </span>
                    {was}
                  </del>
                  <span className="flag-arrow along-the-line" aria-hidden>
                    →
                  </span>
                  <span className="visually-hidden">{words.became} </span>
                </>
              )}
              {said(after, field)}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

export function FlagHistory({ flag: { key, version }, entries }: { flag: Flag; entries: readonly Entry[] }) {
  const { history: words, at } = useWords(flagsWords)
  const undo = useUndoFlag(key)
  const by = ({ by: name, isByGuard }: Entry) => name ?? (isByGuard ? words.by.guard : words.by.commandLine)
  return (
    <Section title={words.title}>
      {entries.length === 0 && <Empty title={words.none} hint={words.noneHint} inPage />}
      <ol className="flag-changes" aria-label={words.label}>
        {entries.map((entry) => (
          <li key={entry.number}>
            <div>
              <strong>{by(entry)}</strong> <span className="dim">{at(entry.at)}</span>{' '}
              {entry.isUndo && <span className="dim">{words.isUndo}</span>}
              <Told entry={entry} />
            </div>
            {entry.version === version && (
              <Button size="xs" variant="default" loading={undo.isBusy} onClick={() => undo.run(version)}>
                {words.undo}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}
