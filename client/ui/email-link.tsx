import { Breakable } from './breakable.tsx'

export const EmailLink = ({ email }: { email: string }) => (
  <a dir="ltr" href={`mailto:${email}`}>
    <Breakable text={email} />
  </a>
)
