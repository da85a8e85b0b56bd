import { getRouteApi } from '@tanstack/react-router'
import { OwnTokens } from '../api-tokens/own-tokens.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import { Facts } from '../ui/facts.tsx'
import { PageHead } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { accountWords } from './account-words.ts'
import { ChangePassword } from './change-password.tsx'
import { OwnSessions } from './own-sessions.tsx'

const route = getRouteApi('/$school')

export function AccountPage() {
  const { roles } = useMessages()
  const words = useWords(accountWords)
  const { person } = route.useRouteContext()
  usePageTitle(words.title)
  return (
    <div className="page">
      <PageHead title={words.title} />
      <Facts
        facts={[
          [words.fields.name, person.name],
          [words.fields.email, person.email],
          [
            words.fields.schools,
            person.schools.map(({ slug, name, role }) => <div key={slug}>{`${name} (${roles[role]})`}</div>),
          ],
        ]}
      />
      <div className="columns">
        <OwnSessions />
        <ChangePassword email={person.email} />
      </div>
      <OwnTokens />
    </div>
  )
}
