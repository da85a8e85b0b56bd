/** Breaks after the @ where it must. */
export function EmailLink({ email }: { email: string }) {
  const at = email.indexOf('@') + 1
  return (
    <a dir="ltr" href={`mailto:${email}`}>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </a>
  )
}
