import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useUndo } from '../lists/use-undo.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { useGoingBack } from '../use-going-back.ts'
import { EditMeetings } from './edit-meetings.tsx'
import { timetableWords } from './timetable-words.ts'

const route = getRouteApi('/$school/classes/$id/meetings')

export function EditMeetingsPage() {
  const { edit: words } = useWords(timetableWords)
  const { id } = route.useParams()
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const say = useUndo()
  const navigate = route.useNavigate()
  const { data: of, error } = useQuery(trpc.classes.get.queryOptions({ id }))
  // Loaded once, when the editing begins: a later answer must not replace what somebody edits.
  const list = useQuery(
    trpc.meetings.list.queryOptions({ classId: id }, { gcTime: 0, staleTime: Number.POSITIVE_INFINITY }),
  )
  const title = words.title(of?.title ?? '')
  usePageTitle(of && title, name)
  const leave = useGoingBack(
    useCallback(
      () => void navigate({ to: '/$school/classes/$id', params: { school: slug, id }, replace: true }),
      [navigate, slug, id],
    ),
  )
  const failure = error ?? list.error
  const isKnown = of && list.data
  return (
    <div className="page">
      {isKnown && <PageHead title={title} />}
      {isKnown && (
        <EditMeetings
          key={id}
          classId={id}
          opened={list.data}
          onLeave={leave}
          onSaved={(operationId, isChanged) => {
            if (isChanged) say(words.saved(of.title), operationId)
            else say(words.unchanged(of.title), undefined)
            leave()
          }}
        />
      )}
      {!isKnown && !failure && <Waiting />}
      {!isKnown && failure && <NotRead isPage error={failure} />}
    </div>
  )
}
