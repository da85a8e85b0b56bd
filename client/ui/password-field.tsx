import type { PasswordInputProps } from '@mantine/core'
import { PasswordInput } from '@mantine/core'
import { useMessages } from '../messages/messages.tsx'

/** A password, whose button to show it has a name in the reader's language. */
export function PasswordField(props: PasswordInputProps) {
  const { showPassword } = useMessages()
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': showPassword }} />
}
