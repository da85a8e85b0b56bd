import type { ButtonProps } from '@mantine/core'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

/** Pressing it keeps the focus: a field that shows an error when it is left would move the button away under the press. */
export const SubmitButton = ({ children, ...props }: ButtonProps & { children: ReactNode }) => (
  <Button type="submit" size="sm" onMouseDown={(event) => event.preventDefault()} {...props}>
    {children}
  </Button>
)
