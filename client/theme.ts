import type { CSSVariablesResolver } from '@mantine/core'
import { createTheme } from '@mantine/core'

const overlayProps = { backgroundOpacity: 0.28, blur: 0 }
/** A dialog's <header> would be a second banner landmark. */
const attributes = { header: { role: 'presentation' } }

export const theme = createTheme({
  components: {
    Drawer: { defaultProps: { overlayProps, attributes, transitionProps: { duration: 160 } } },
    Modal: { defaultProps: { overlayProps, attributes, centered: true, transitionProps: { duration: 140 } } },
    // Inside the bar's landmark, and without Mantine's own focus placeholder: a menu holds menu items only.
    Menu: {
      defaultProps: {
        transitionProps: { duration: 120 },
        shadow: 'md',
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Button: { defaultProps: { size: 'xs' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } },
  },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.34,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem', lineHeight: '1.4' }, h2: { fontSize: '1rem', lineHeight: '1.4' } },
  },
  colors: {
    pine: [
      '#eaf6f3',
      '#d3ebe5',
      '#a5d6ca',
      '#75c0ae',
      '#4fae97',
      '#37a288',
      '#1f8f75',
      '#12705b',
      '#0d5a49',
      '#054336',
    ],
    gray: [
      '#f7f9f8',
      '#f1f4f3',
      '#e5eae8',
      '#d5dcda',
      '#b7c1bf',
      '#879391',
      '#5a6664',
      '#43504d',
      '#2c3735',
      '#18211f',
    ],
    dark: [
      '#e3e9e7',
      '#b6c0bd',
      '#9aa6a3',
      '#5f6b68',
      '#3b4643',
      '#2b3532',
      '#212a28',
      '#171e1c',
      '#121816',
      '#0c100f',
    ],
  },
})

/** Mantine's own greys and red are too faint on our paper (WCAG 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6664',
    '--mantine-color-placeholder': '#5a6664',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-text': '#18211f',
  },
  dark: {
    '--mantine-color-dimmed': '#a3aeab',
    '--mantine-color-placeholder': '#9aa6a3',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-text': '#e3e9e7',
  },
})
