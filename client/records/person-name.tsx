import { listName } from '../people.ts'

interface PersonNameProps {
  person: { givenName: string; familyName: string; preferredName: string | null }
}

/** As lists are ordered; how the person is called otherwise stands beside it. */
export const PersonName = ({ person }: PersonNameProps) => (
  <>
    {listName(person)}
    {person.preferredName && person.preferredName !== person.givenName && (
      <span className="second">{person.preferredName}</span>
    )}
  </>
)
