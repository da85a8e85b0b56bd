import { Fragment } from 'react'

/** An email address goes on after its @ on the next line, and breaks at its dots where a line is too short for the rest. */
export function Breakable({ text }: { text: string }) {
  const domain = text.indexOf('@') + 1
  if (!domain) return text
  return (
    <>
      {text.slice(0, domain)}
      <span className="domain">
        {text
          .slice(domain)
          .split(/(?<=\.)/)
          .map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
            <Fragment key={index}>
              {index > 0 && <wbr />}
              {piece}
            </Fragment>
          ))}
      </span>
    </>
  )
}
