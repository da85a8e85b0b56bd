import { goToField } from './go-to-field.ts'
import { Notice } from './page.tsx'

interface ErrorSummaryProps {
  title: string
  /** By field: what is wrong. The field's input has this id. */
  errors: readonly { id: string; label: string; error: string }[]
}

/** All that is wrong with a form at its top, each line a way to its field. */
export function ErrorSummary({ title, errors }: ErrorSummaryProps) {
  if (!errors.length) return null
  return (
    <Notice tone="bad" role="alert">
      <div className="summary">
        <strong>{title}</strong>
        <ul>
          {errors.map(({ id, label, error }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(event) => {
                  event.preventDefault()
                  goToField(id)
                }}
              >
                {label}: {error}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  )
}
