import { Button } from '@mantine/core'
import { reload, useConnection } from '../connection.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'

/** Calm news about the whole page, above it: nothing is lost, and nothing needs to be done at once. */
export function Strips() {
  const { connection, shell } = useMessages()
  const { answers, online, isHeard, newVersion } = useConnection()
  const { isDemo } = useSchool()
  const isAway = !(answers && online)
  return (
    <>
      <div role="status">
        {isAway && <div className="strip">{online ? connection.lost : connection.noNetwork}</div>}
        {!isAway && !isHeard && <div className="strip">{connection.unheard}</div>}
        {newVersion && !isAway && (
          <div className="strip" data-tone="info">
            {connection.newVersion}
            <Button className="push" size="compact-xs" variant="default" onClick={reload}>
              {connection.reload}
            </Button>
          </div>
        )}
      </div>
      {isDemo && (
        <div className="strip" data-tone="quiet">
          {shell.demo}
        </div>
      )}
    </>
  )
}
