import { getRouteApi } from '@tanstack/react-router'
import { languageFor } from './messages/languages.ts'
import { SpeechProvider } from './messages/messages.tsx'
import { SchoolProvider } from './school.tsx'
import { Shell } from './shell/shell.tsx'

const route = getRouteApi('/$school')

export function SchoolFrame() {
  const { membership, person } = route.useRouteContext()
  return (
    <SpeechProvider language={languageFor(membership.locale)} locale={membership.locale} timeZone={membership.timeZone}>
      <SchoolProvider key={membership.slug} school={membership}>
        <Shell person={person} />
      </SchoolProvider>
    </SpeechProvider>
  )
}
