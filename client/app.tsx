import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Cover } from './auth/cover.tsx'
import { browserLocale, useSpoken } from './messages/languages.ts'
import { browserTimeZone, SpeechProvider } from './messages/messages.tsx'
import { router } from './routes.tsx'
import { register } from './session.ts'
import { cssVariables, theme } from './theme.ts'

export function App() {
  const language = useSpoken()
  return (
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <SpeechProvider language={language} locale={browserLocale(language)} timeZone={browserTimeZone()}>
          <QueryClientProvider client={register.queryClient}>
            <RouterProvider router={router} />
            <Cover history={router.history} />
          </QueryClientProvider>
        </SpeechProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}
