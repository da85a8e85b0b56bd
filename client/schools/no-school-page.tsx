import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useSignOut } from '../auth/use-sign-out.ts'
import { useMessages } from '../messages/messages.tsx'
import { freshSession } from '../session.ts'
import { Empty } from '../ui/empty.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

export function NoSchoolPage() {
  const { noSchool, shell } = useMessages()
  const signOut = useSignOut()
  const router = useRouter()
  usePageTitle(noSchool.title)
  const lookAgain = async () => {
    await freshSession()
    await router.invalidate()
  }
  return (
    <main>
      <Empty isPage title={noSchool.title} hint={noSchool.hint} command={noSchool.importCommand}>
        <Button variant="default" onClick={lookAgain}>
          {noSchool.check}
        </Button>
        <Button variant="subtle" color="gray" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {shell.signOut}
        </Button>
      </Empty>
    </main>
  )
}
