import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { Facts } from '../ui/facts.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Notice, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { FlagForm } from './flag-form.tsx'
import { FlagHistory } from './flag-history.tsx'
import { FlagSides } from './flag-sides.tsx'
import { FlagState } from './flag-state.tsx'
import type { Flag } from './flags-words.ts'
import { flagsWords, namedFlag } from './flags-words.ts'
import './flags.css'

const isByGuard = ({ ofOwners }: Flag) => Boolean(ofOwners?.history[0]?.isByGuard)

function Notices({ flag }: { flag: Flag }) {
  const words = useWords(flagsWords)
  const { isBroken, isExpired, isToBeRemoved, expires, fromAt, mode } = flag
  const isAhead = mode === 'rules' && fromAt !== null && Date.parse(fromAt) > Date.now()
  return (
    <>
      {isByGuard(flag) && <Notice tone="bad">{words.guarded}</Notice>}
      {isBroken && <Notice tone="bad">{words.brokenHint}</Notice>}
      {isExpired && expires && <Notice tone="warn">{words.expiredHint(expires)}</Notice>}
      {isToBeRemoved && (
        <Notice tone="warn">
          {words.toBeRemoved}. {words.toBeRemovedHint}
        </Notice>
      )}
      {isAhead && <Notice tone="info">{words.ahead(fromAt)}</Notice>}
    </>
  )
}

function Sees({ flag: { per, sees, ofOwners } }: { flag: Flag }) {
  const words = useWords(flagsWords).sees
  const { on, of, names } = sees
  const left = on < of ? on - names.length : 0
  return (
    <Section title={words.title}>
      <p>{words.counted(per, on, of)}</p>
      {names.length > 0 && (
        <ul className="flag-names" aria-label={words.title}>
          {names.map(({ name, second }) => (
            <li key={`${name} ${second}`}>
              {name} <span className="dim">{second}</span>
            </li>
          ))}
          {left > 0 && <li className="dim">{words.more(left)}</li>}
        </ul>
      )}
      {per === 'person' && <p className="dim">{ofOwners ? words.all : words.here}</p>}
    </Section>
  )
}

function About({ flag }: { flag: Flag }) {
  const { facts, kinds, perOne, ...words } = useWords(flagsWords)
  const { key, kind, per, expires, changedAt, ofOwners } = flag
  const changed =
    changedAt && (ofOwners ? words.changedBy(changedAt, ofOwners.changedBy, isByGuard(flag)) : words.at(changedAt))
  return (
    <Facts
      facts={[
        [facts.name, <code key="name">{key}</code>],
        [facts.kind, kinds[kind]],
        [facts.answer, perOne[per]],
        [facts.until, expires && words.date(expires)],
        [facts.changed, changed],
      ]}
    />
  )
}

function Shown({ flag }: { flag: Flag }) {
  const words = useWords(flagsWords)
  const { ofOwners } = flag
  const { title, does } = namedFlag(words, flag.key)
  return (
    <>
      <PageHead title={title} aside={<FlagState {...flag} />} />
      <p className="flags-intro">{does}</p>
      {!ofOwners && <p className="dim">{words.onlyRead}</p>}
      <Notices flag={flag} />
      <div className="flag-parts">
        {ofOwners && <FlagForm flag={flag} rules={ofOwners} />}
        <div>
          <Sees flag={flag} />
          <About flag={flag} />
        </div>
      </div>
      {ofOwners?.sides && <FlagSides sides={ofOwners.sides} kind={flag.kind} />}
      {ofOwners && <FlagHistory flag={flag} entries={ofOwners.history} />}
    </>
  )
}

export function FlagPage() {
  const words = useWords(flagsWords)
  const { name, slug } = useSchool()
  const { key } = useParams({ from: '/$school/system/flags/$key' })
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.flags.get.queryOptions({ key }, { staleTime: 0 }))
  usePageTitle(namedFlag(words, key).title, name)
  return (
    <div className="page">
      <Link className="back" to="/$school/system/flags" params={{ school: slug }}>
        <BackLabel>{words.backToList}</BackLabel>
      </Link>
      {data && <Shown key={key} flag={data} />}
      {!data && <PageHead title={namedFlag(words, key).title} />}
      {!data && error && <NotRead title={words.failed} error={error} />}
      {!data && !error && <Waiting lines={8} />}
    </div>
  )
}
